// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rms_norm.hpp"

#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

// In the operators of opset 17; ONNX has one for it only from opset 23 on.
Status export_rms_norm(ExportContext& context) {
  const auto& op = context.op<ops::RmsNorm>();
  TMC_ASSIGN(const std::string x, context.input(0));
  const int64_t rank = context.input_shape(0).rank();
  std::vector<int64_t> axes;
  for (int64_t i = op.axis < 0 ? op.axis + rank : op.axis; i < rank; ++i) axes.push_back(i);
  constexpr int64_t kAxesAreInputSince = 18;
  std::vector<std::string> inputs = {context.append("Mul", {x, x})};
  Attributes attributes;
  if (context.opset() < kAxesAreInputSince) attributes.push_back({"axes", axes});
  if (context.opset() >= kAxesAreInputSince) inputs.push_back(context.integers("axes", axes));
  const std::string power = context.append("ReduceMean", inputs, attributes);
  const std::string sum = context.append("Add", {power, context.scalar("epsilon", op.epsilon)});
  const std::string root = context.append("Sqrt", {sum});
  std::vector<std::string> scaled = {x, root};
  if (!context.has_input(1)) return context.finish("Div", scaled);
  scaled = {context.append("Div", scaled)};
  TMC_ASSIGN(scaled.emplace_back(), context.input(1));
  return context.finish("Mul", scaled);
}

}  // namespace tmc::exporter::onnx_format
