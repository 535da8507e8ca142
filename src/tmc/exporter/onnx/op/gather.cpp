// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gather.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

// A node for each axis.
Status export_gather(ExportContext& context) {
  const auto& op = context.op<ops::Gather>();
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(std::string input, context.input(0, order));
  auto at = op.indices.begin();
  for (size_t i = 0; i < op.axes.size(); ++i) {
    const std::vector<int64_t> indices(at, at + op.counts[i]);
    at += op.counts[i];
    const std::vector<std::string> inputs = {input, context.integers("indices", indices)};
    const Attributes attributes = {{"axis", axis_in(order, op.axes[i])}};
    if (i + 1 == op.axes.size()) return context.finish("Gather", inputs, attributes, order);
    input = context.append("Gather", inputs, attributes);
  }
  return context.finish("Identity", {input}, {}, order);
}

}  // namespace tmc::exporter::onnx_format
