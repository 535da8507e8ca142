// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators whose last axis is time, and which see what came before the run at hand.

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// The last `kept` elements of the past along the last axis, and then the input. The past is a state of the operator,
// which begins as zeros.
Result<ir::ValueId> after_past(ImportContext& context, ir::ValueId input, int64_t kept);

// Names are those of the operator's output with a suffix.
// An int32 that is known here.
ir::ValueId add_integer(ImportContext& context, const char* suffix, int64_t value);
// An int32 that lasts from run to run and begins as 0; what is written to it goes to the variable of the same name.
Result<ir::ValueId> read_integer(ImportContext& context, const char* suffix);
Status write_integer(ImportContext& context, const char* suffix, ir::ValueId value);

}  // namespace tmc::frontend::tflite
