// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/mean.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

namespace {

// The order of the axes that are left, numbered anew.
Permutation order_without(const Permutation& order, const std::vector<bool>& is_taken) {
  Permutation left;
  for (const int64_t axis : order) {
    if (is_taken[static_cast<size_t>(axis)]) continue;
    left.push_back(std::count(is_taken.begin(), is_taken.begin() + axis, false));
  }
  return left;
}

}  // namespace

Status export_mean(ExportContext& context) {
  const auto& op = context.op<ops::Mean>();
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string input, context.input(0, order));
  const auto rank = static_cast<int64_t>(order.size());
  std::vector<bool> is_taken(order.size());
  std::vector<int64_t> axes;
  for (const int64_t given : op.axes) {
    const int64_t axis = given < 0 ? given + rank : given;
    is_taken[static_cast<size_t>(axis)] = true;
    axes.push_back(axis_in(order, axis));
  }
  std::ranges::sort(axes);
  Attributes attributes = {{"keepdims", int64_t{op.keep_dims}}};
  std::vector<std::string> inputs = {input};
  // Opset 18 made an input of the axes.
  if (context.opset() < 18) attributes.push_back({"axes", axes});
  if (context.opset() >= 18) inputs.push_back(context.integers("axes", axes));
  return context.finish("ReduceMean", inputs, attributes, op.keep_dims ? order : order_without(order, is_taken));
}

}  // namespace tmc::exporter::onnx_format
