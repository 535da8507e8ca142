// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

// 1 where the axis has its first largest element, 0 elsewhere. Before opset 13 all axes from `axis` on are one.
Status import_hardmax(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  const ops::TensorType type = context.type(input);
  TMC_ASSIGN(const SoftmaxAxis along, softmax_axis(context, type.shape));
  const auto [axis, coerces] = along;
  const int64_t outer = type.shape.elements(0, axis);
  const int64_t depth = coerces ? type.shape.elements(axis, type.shape.rank()) : type.shape[axis];
  const int64_t inner = type.shape.elements() / (outer * depth);
  TMC_ASSIGN(input, context.append("_lines", ops::Reshape{{outer, depth, inner}}, {input}));
  TMC_ASSIGN(const ir::ValueId place, context.append("_place", ops::ArgMax{{1}, true}, {input}));
  TMC_ASSIGN(const ir::ValueId every, append_counted(context, "_places", {DType::kI64, Shape::of(1, depth, 1)}));
  TMC_ASSIGN(const ir::ValueId found, context.append("_found", ops::Equal{}, {place, every}));
  TMC_ASSIGN(const ir::ValueId number, context.append("_number", ops::Cast{type.dtype}, {found}));
  return context.finish(ops::Reshape{{type.shape.begin(), type.shape.end()}}, {number});
}

}  // namespace tmc::frontend::onnx_format
