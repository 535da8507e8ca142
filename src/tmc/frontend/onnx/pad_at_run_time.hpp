// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pad with pads or a value that are computed at run time.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Whether an operand of the Pad at hand is.
bool is_padded_at_run_time(ImportContext& context);
// The result has the declared shape where the pads are, else the one that they give.
Status import_pad_at_run_time(ImportContext& context, const std::string& mode);

}  // namespace tmc::frontend::onnx_format
