// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/transpose.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/weights.hpp"

namespace tmc::frontend::onnx_format {

Status import_transpose(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  const int rank = shape.rank();
  std::vector<int64_t> reversed;
  for (int axis = rank - 1; axis >= 0; --axis) reversed.push_back(axis);
  TMC_ASSIGN(std::vector<int64_t> perm, context.attributes().integers("perm", std::move(reversed)));
  const ops::Transpose op{std::move(perm)};
  if (const Constant* constant = context.constant_if(0)) {
    const ops::TensorType* const types[] = {&constant->type};
    TMC_ASSIGN(const std::vector<ops::TensorType> moved, ops::Transpose::infer(op, {types}));
    TMC_TRY(context.budget().take_computed(constant->type));
    std::vector<std::byte> bytes = transpose(constant->data.bytes(), constant->type, op.perm);
    return context.finish_as(Constant{moved.front(), ir::TensorData(std::move(bytes))});
  }
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_TRY(context.graph().infer(op, {input}).status());
  if (!is_weights(context.graph(), input)) return context.finish(op, {input});
  TMC_ASSIGN(const ir::ValueId moved, transposed_weights(context, input, op.perm));
  return context.finish_as(moved);
}

}  // namespace tmc::frontend::onnx_format
