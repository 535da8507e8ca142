// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/export_context.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ir/activation.hpp"

namespace tmc::exporter::onnx_format {

Permutation ExportContext::common_order() const {
  const int rank = output_shape().rank();
  Permutation order;
  for (size_t i = 0; i < input_count(); ++i) {
    if (!has_input(i) || input_value(i).is_constant()) continue;
    if (input_shape(i).rank() != rank) return identity_order(rank);
    if (order.empty()) order = order_of(i);
  }
  return order.empty() ? identity_order(rank) : order;
}

Result<std::string> ExportContext::input(size_t index) const {
  return input(index, identity_order(input_shape(index).rank()));
}

Result<std::string> ExportContext::input(size_t index, const Permutation& order) const {
  return tensors_->real(node_->inputs[index], order);
}

Result<std::string> ExportContext::bias() const {
  if (!has_input(2)) return std::string();
  const ir::Value& bias = input_value(2);
  if (dtype_is_float(bias.type.dtype)) return input(2);
  const Quantization& weights = input_value(1).quantization;
  Quantization accumulator{{}, std::vector<int32_t>(weights.scales.size()), weights.axis};
  for (const float scale : weights.scales) accumulator.scales.push_back(input_value(0).quantization.scale() * scale);
  return tensors_->real_constant(node_->inputs[2], identity_order(1), accumulator);
}

std::string ExportContext::scalar(const std::string& what, double value) {
  const auto narrow = static_cast<float>(value);
  return reals(what, Shape(), {&narrow, 1});
}

std::string ExportContext::reals(const std::string& what, const Shape& shape, std::span<const float> values) {
  std::string name = model_->claim(node_->name + "_" + what);
  model_->add_constant(name, {DType::kF32, shape}, std::as_bytes(values));
  return name;
}

std::string ExportContext::integers(const std::string& what, const std::vector<int64_t>& values) {
  std::string name = model_->claim(node_->name + "_" + what);
  model_->add_constant(name, {DType::kI64, Shape::of(values.size())}, std::as_bytes(std::span(values)));
  return name;
}

std::string ExportContext::append(const std::string& type, const std::vector<std::string>& inputs,
                                  const Attributes& attributes) {
  std::string name = model_->claim(fmt::format("{}_{}", node_->name, type));
  model_->add_node(name, type, inputs, name, attributes);
  return name;
}

std::vector<std::string> ExportContext::append_all(const std::string& type, const std::vector<std::string>& inputs,
                                                   const std::vector<bool>& wanted, const Attributes& attributes) {
  std::vector<std::string> names;
  for (size_t i = 0; i < wanted.size(); ++i) {
    names.push_back(wanted[i] ? model_->claim(fmt::format("{}_{}{}", node_->name, type, i)) : "");
  }
  while (names.back().empty()) names.pop_back();
  model_->add_node_of("", node_->name, type, inputs, names, attributes);
  names.resize(wanted.size());
  return names;
}

Status ExportContext::finish_output(size_t index, const std::string& type, const std::vector<std::string>& inputs) {
  const ir::ValueId id = node_->outputs[index];
  const Permutation order = identity_order(output_shape(index).rank());
  const std::string name = tensors_->name_for_real(id, order);
  model_->add_node(node_->name + "_" + type, type, inputs, name, {});
  return tensors_->store(id, name, order);
}

Status ExportContext::finish(const std::string& type, const std::vector<std::string>& inputs,
                             const Attributes& attributes, const Permutation& order) {
  const ir::Activation activation = ir::activation_of(node_->op).value_or(ir::Activation::kNone);
  const ir::RealRange range = ir::range_of(activation);
  const ir::Value& result = graph_->value(output());
  const std::string name = tensors_->name_for_real(output(), order);
  // QuantizeLinear limits to the range of its integers by itself.
  if (activation == ir::Activation::kNone || ir::holds_everything(range, result.type, result.quantization)) {
    model_->add_node(node_->name, type, inputs, name, attributes);
    return tensors_->store(output(), name, order);
  }
  const std::string unlimited = append(type, inputs, attributes);
  const std::string limit_name = node_->name + "_activation";
  if (std::isinf(range.max)) {
    model_->add_node(limit_name, "Relu", {unlimited}, name, {});
  } else {
    model_->add_node(limit_name, "Clip", {unlimited, scalar("min", range.min), scalar("max", range.max)}, name, {});
  }
  return tensors_->store(output(), name, order);
}

Status ExportContext::finish(const std::string& type, const std::vector<std::string>& inputs,
                             const Attributes& attributes) {
  return finish(type, inputs, attributes, identity_order(output_shape().rank()));
}

bool ExportContext::is_quantized() const {
  const auto is = [&](ir::ValueId id) { return id != ir::ValueId::kNone && !graph_->value(id).quantization.empty(); };
  return std::ranges::any_of(node_->inputs, is) || std::ranges::any_of(node_->outputs, is);
}

Status ExportContext::finish_all(const std::string& domain, const std::string& type,
                                 const std::vector<std::string>& inputs, const Attributes& attributes) {
  const auto own_order = [&](ir::ValueId id) { return identity_order(graph_->value(id).type.shape.rank()); };
  std::vector<std::string> names;
  for (const ir::ValueId id : node_->outputs) names.push_back(tensors_->name_for_real(id, own_order(id)));
  model_->add_node_of(domain, node_->name, type, inputs, names, attributes);
  for (size_t i = 0; i < names.size(); ++i) {
    TMC_TRY(tensors_->store(node_->outputs[i], names[i], own_order(node_->outputs[i])));
  }
  return {};
}

Status ExportContext::finish_as_transposed(const Permutation& perm) {
  if (input_value(0).is_constant()) {
    TMC_ASSIGN(const std::string moved, input(0, perm));
    return tensors_->store(output(), moved, identity_order(output_shape().rank()));
  }
  tensors_->look_at(output(), node_->inputs[0], perm);
  return {};
}

Status ExportContext::finish_as_reals() {
  return tensors_->store_reals_of(output(), node_->inputs[0]);
}

Status ExportContext::finish_as_quantized() {
  const Permutation order = order_of(0);
  TMC_ASSIGN(const std::string real, input(0, order));
  return tensors_->store(output(), real, order);
}

}  // namespace tmc::exporter::onnx_format
