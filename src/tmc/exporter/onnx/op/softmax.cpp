// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_softmax(ExportContext& context) {
  const auto& op = context.op<ops::Softmax>();
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(std::string input, context.input(0, order));
  if (op.beta != 1) input = context.append("Mul", {input, context.scalar("beta", op.beta)});
  const int64_t axis = op.axis < 0 ? op.axis + context.input_shape(0).rank() : op.axis;
  return context.finish("Softmax", {input}, {{"axis", axis_in(order, axis)}}, order);
}

}  // namespace tmc::exporter::onnx_format
