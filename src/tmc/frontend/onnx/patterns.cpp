// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

Status import_unary(ImportContext& context, ops::AnyOp op) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return context.finish(std::move(op), {input});
}

Status import_binary(ImportContext& context, ops::AnyOp op) {
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  return context.finish(std::move(op), {a, b});
}

Status import_reshape_to(ImportContext& context, std::vector<int64_t> extents) {
  ops::Reshape op{std::move(extents)};
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  if (!input->constant) return import_unary(context, std::move(op));
  const ops::TensorType* const types[] = {&input->constant->type};
  TMC_ASSIGN(const std::vector<ops::TensorType> reshaped, ops::Reshape::infer(op, {types}));
  return context.finish_as(Constant{reshaped.front(), input->constant->data});
}

Status import_pass_through(ImportContext& context) {
  if (context.has_output(1)) return error(Error::kUnsupportedOp, "its second output is not covered");
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  if (input->constant) return context.finish_as(*input->constant);
  return context.finish_as(input->value);
}

}  // namespace tmc::frontend::onnx_format
