// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// QuantizeLinear and DequantizeLinear in the steps of reals that define them: where scales or zero points are computed
// at run time or stand for blocks, and for element types that no kernel takes as quantised.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Whether the operands of either operator ask for it.
Result<bool> is_quantized_elementwise(ImportContext& context);
// To elements of `dtype`, or of a narrower type of the file.
Status quantize_elementwise(ImportContext& context, DType dtype, const NarrowType* narrow);
Status dequantize_elementwise(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
