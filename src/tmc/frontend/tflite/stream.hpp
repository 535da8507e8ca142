// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators whose last axis is time, and which see what came before the run at hand.

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// The last `kept` elements of the past along the last axis, and then the input. The past is a state of the operator,
// which begins as zeros.
Result<ir::ValueId> after_past(ImportContext& context, ir::ValueId input, int64_t kept);

}  // namespace tmc::frontend::tflite
