// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/pad.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_pad(ExportContext& context) {
  const auto& op = context.op<ops::Pad>();
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string input, context.input(0, order));
  const auto rank = static_cast<std::ptrdiff_t>(order.size());
  std::vector<int64_t> pads = in_order({op.pads.begin(), op.pads.begin() + rank}, order);
  const std::vector<int64_t> after = in_order({op.pads.begin() + rank, op.pads.end()}, order);
  pads.insert(pads.end(), after.begin(), after.end());
  std::vector<std::string> inputs = {input, context.integers("pads", pads)};
  if (op.value != 0) inputs.push_back(context.scalar("value", op.value));
  return context.finish("Pad", inputs, {}, order);
}

}  // namespace tmc::exporter::onnx_format
