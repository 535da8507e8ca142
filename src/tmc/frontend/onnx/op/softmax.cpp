// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

// Before opset 13 the axes from `axis` on are one: a matrix whose rows are normalised.
Status import_softmax(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  TMC_ASSIGN(const SoftmaxAxis found, softmax_axis(context, shape));
  const auto [axis, coerces] = found;
  if (!coerces || shape.elements(axis + 1, shape.rank()) == 1) {
    return context.finish(ops::Softmax{.axis = axis}, {input});
  }
  const int64_t row = shape.elements(axis, shape.rank());
  TMC_ASSIGN(input, context.append("_rows", ops::Reshape{{-1, row}}, {input}));
  TMC_ASSIGN(input, context.append("_softmax", ops::Softmax{.axis = 1}, {input}));
  return context.finish(ops::Reshape{{shape.begin(), shape.end()}}, {input});
}

}  // namespace tmc::frontend::onnx_format
