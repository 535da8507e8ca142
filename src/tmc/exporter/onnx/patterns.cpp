// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_unary(ExportContext& context, const std::string& type, const Attributes& attributes,
                    const std::vector<std::string>& more) {
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string operand, context.input(0, order));
  std::vector<std::string> inputs = {operand};
  inputs.insert(inputs.end(), more.begin(), more.end());
  return context.finish(type, inputs, attributes, order);
}

Status export_elementwise(ExportContext& context, const std::string& type) {
  const Permutation order = context.common_order();
  std::vector<std::string> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    // A computed operand of a lower rank, against which there is no order but its own.
    const bool is_low = context.input_shape(i).rank() < static_cast<int>(order.size());
    Result<std::string> operand = is_low && ir::is_identity(order) ? context.input(i) : context.input(i, order);
    TMC_ASSIGN(inputs.emplace_back(), std::move(operand));
  }
  return context.finish(type, inputs, {}, order);
}

}  // namespace tmc::exporter::onnx_format
