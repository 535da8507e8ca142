// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Linear models of the domain ai.onnx.ml.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// [rows, outputs]: the first input times the attribute "coefficients" [outputs, features], plus "intercepts" where
// there are any.
Result<ir::ValueId> append_linear_scores(ImportContext& context, int64_t outputs);

}  // namespace tmc::frontend::onnx_format
