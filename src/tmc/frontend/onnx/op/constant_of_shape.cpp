// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_constant_of_shape(ImportContext& context) {
  const float zero = 0;
  Constant value{{DType::kF32, Shape::of(1)}, ir::TensorData::of(std::span<const float>(&zero, 1))};
  if (const auto* given = context.attributes().find("value"); given != nullptr && given->has_t()) {
    TMC_ASSIGN(value, read_constant(given->t(), context.folder(), context.budget()));
  }
  if (value.type.shape.elements() != 1) return error(Error::kMalformed, "its value is no single element");
  TMC_ASSIGN(const Shape shape, shape_operand(context, 0));
  return import_picked(context, value, shape, [](int64_t) { return int64_t{0}; });
}

}  // namespace tmc::frontend::onnx_format
