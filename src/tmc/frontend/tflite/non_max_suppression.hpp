// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// NON_MAX_SUPPRESSION_V4, or with scores that fall, V5. The number of boxes that are chosen is an output of its own.
Status import_non_max_suppression(ImportContext& context, bool is_soft);

}  // namespace tmc::frontend::tflite
