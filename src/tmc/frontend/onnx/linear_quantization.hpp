// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scale and zero point of QuantizeLinear and DequantizeLinear.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

struct LinearQuantization {
  Quantization quantization;   // in the file's terms: of uint8 not shifted
  std::optional<DType> dtype;  // of the zero point, where there is one
};

// Inputs 1 and 2 of the node, for a tensor of that shape. Per axis where the scale has rank 1 and several elements.
Result<LinearQuantization> read_linear_quantization(ImportContext& context, const Shape& shape);

}  // namespace tmc::frontend::onnx_format
