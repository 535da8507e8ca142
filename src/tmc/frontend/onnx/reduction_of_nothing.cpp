// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

Result<Shape> reduced_shape(ImportContext& context, const Shape& shape, bool keep_dims, int64_t axes_are_input_since) {
  if (context.opset() >= axes_are_input_since && context.is_at_run_time(1)) return declared_shape(context, 1, "axes");
  TMC_ASSIGN(const auto axes, context.reduced_axes(false, axes_are_input_since));
  std::vector<int> reduced;
  for (const int64_t axis : axes.value_or(std::vector<int64_t>())) {
    TMC_ASSIGN(reduced.emplace_back(), ops::normalize_axis(axis, shape.rank()));
  }
  Shape left;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const bool is_reduced = std::ranges::find(reduced, axis) != reduced.end();
    if (!is_reduced || keep_dims) left.push_back(is_reduced ? 1 : shape[axis]);
  }
  return left;
}

}  // namespace

Status finish_reduction_of_nothing(ImportContext& context, const Shape& shape, bool keep_dims,
                                   int64_t axes_are_input_since, float value) {
  const DType dtype = context.constant_if(0)->type.dtype;
  if (dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "it reduces no elements of {}, not float32", dtype_name(dtype));
  }
  TMC_ASSIGN(const Shape left, reduced_shape(context, shape, keep_dims, axes_are_input_since));
  const ops::TensorType type{DType::kF32, left};
  TMC_TRY(context.budget().take_computed(type));
  const std::vector<float> values(static_cast<size_t>(left.elements()), value);
  return context.finish_as(Constant{type, ir::TensorData::of(std::span(values))});
}

}  // namespace tmc::frontend::onnx_format
