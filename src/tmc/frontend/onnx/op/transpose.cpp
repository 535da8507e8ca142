// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/transpose.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/weights.hpp"

namespace tmc::frontend::onnx_format {

Status import_transpose(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  const int rank = shape.rank();
  std::vector<int64_t> reversed;
  for (int axis = rank - 1; axis >= 0; --axis) reversed.push_back(axis);
  TMC_ASSIGN(std::vector<int64_t> perm, context.attributes().integers("perm", std::move(reversed)));
  const ops::Transpose op{std::move(perm)};
  if (context.is_constant(0)) return import_moved(context, op);
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_TRY(context.graph().infer(op, {input}).status());
  if (!is_weights(context.graph(), input)) return context.finish(op, {input});
  TMC_ASSIGN(const ir::ValueId moved, transposed_weights(context, input, op.perm));
  return context.finish_as(moved);
}

}  // namespace tmc::frontend::onnx_format
