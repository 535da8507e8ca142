// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_size(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  const int64_t elements = shape.elements();
  return context.finish_as(Constant{{DType::kI64, {}}, ir::TensorData::of(std::span<const int64_t>(&elements, 1))});
}

}  // namespace tmc::frontend::onnx_format
