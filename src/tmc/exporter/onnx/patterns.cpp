// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
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

Status export_unary(ExportContext& context, const std::string& type, const Attributes& attributes,
                    const std::vector<std::string>& more) {
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string operand, context.input(0, order));
  std::vector<std::string> inputs = {operand};
  inputs.insert(inputs.end(), more.begin(), more.end());
  return context.finish(type, inputs, attributes, order);
}

Result<std::vector<std::string>> elementwise_operands(ExportContext& context, const Permutation& order) {
  std::vector<std::string> operands;
  for (size_t i = 0; i < context.input_count(); ++i) {
    // A computed operand of a lower rank, against which there is no order but its own.
    const bool is_low = context.input_shape(i).rank() < static_cast<int>(order.size());
    Result<std::string> operand = is_low && ir::is_identity(order) ? context.input(i) : context.input(i, order);
    TMC_ASSIGN(operands.emplace_back(), std::move(operand));
  }
  return operands;
}

Status export_elementwise(ExportContext& context, const std::string& type, const Attributes& attributes) {
  const Permutation order = context.common_order();
  TMC_ASSIGN(const std::vector<std::string> operands, elementwise_operands(context, order));
  return context.finish(type, operands, attributes, order);
}

Status export_reduction(ExportContext& context, const std::string& type, const std::vector<int64_t>& reduced,
                        bool keep_dims, int64_t axes_are_input_since) {
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(std::string input, context.input(0, order));
  // Truth values are reduced as integers: before opset 20 there is nothing for them.
  const bool is_truth = context.input_value(0).type.dtype == DType::kBool;
  if (is_truth) input = context.append("Cast", {input}, {{"to", int64_t{element_type(DType::kI32)}}});
  const auto rank = static_cast<int64_t>(order.size());
  std::vector<bool> is_taken(order.size());
  std::vector<int64_t> axes;
  for (const int64_t given : reduced) {
    const int64_t axis = given < 0 ? given + rank : given;
    is_taken[static_cast<size_t>(axis)] = true;
    axes.push_back(axis_in(order, axis));
  }
  std::ranges::sort(axes);
  Attributes attributes = {{"keepdims", int64_t{keep_dims}}};
  std::vector<std::string> inputs = {input};
  if (context.opset() < axes_are_input_since) attributes.push_back({"axes", axes});
  if (context.opset() >= axes_are_input_since) inputs.push_back(context.integers("axes", axes));
  const Permutation left = keep_dims ? order : order_without(order, is_taken);
  if (!is_truth) return context.finish(type, inputs, attributes, left);
  const std::string reduced_integers = context.append(type, inputs, attributes);
  return context.finish("Cast", {reduced_integers}, {{"to", int64_t{element_type(DType::kBool)}}}, left);
}

}  // namespace tmc::exporter::onnx_format
