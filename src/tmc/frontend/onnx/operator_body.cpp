// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {

OperatorBody::OperatorBody(const Names& inputs, const Names& outputs) {
  for (const std::string& name : inputs) graph_.add_input()->set_name(name);
  for (const std::string& name : outputs) graph_.add_output()->set_name(name);
}

::onnx::NodeProto& OperatorBody::add(const std::string& type, const Names& inputs, const std::string& output) {
  auto& node = *graph_.add_node();
  node.set_op_type(type);
  for (const std::string& name : inputs) node.add_input(name);
  node.add_output(output);
  return node;
}

void OperatorBody::set_integer(::onnx::NodeProto& node, const std::string& name, int64_t value) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(::onnx::AttributeProto::INT);
  attribute.set_i(value);
}

void OperatorBody::set_real(::onnx::NodeProto& node, const std::string& name, float value) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(::onnx::AttributeProto::FLOAT);
  attribute.set_f(value);
}

void OperatorBody::add_integers(const std::string& name, const std::vector<int64_t>& values) {
  auto& constant = *graph_.add_initializer();
  constant.set_name(name);
  constant.set_data_type(::onnx::TensorProto::INT64);
  constant.add_dims(std::ssize(values));
  for (const int64_t value : values) constant.add_int64_data(value);
}

void OperatorBody::add_real(const std::string& name, float value) {
  auto& constant = *graph_.add_initializer();
  constant.set_name(name);
  constant.set_data_type(::onnx::TensorProto::FLOAT);
  constant.add_float_data(value);
}

void OperatorBody::add_cast(const std::string& from, int32_t onnx_type, const std::string& to) {
  set_integer(add("Cast", {from}, to), "to", onnx_type);
}

void OperatorBody::add_centred(ImportContext& context, const std::string& from, size_t zero_input,
                               const std::string& zero, const std::vector<int64_t>& zero_shape, const std::string& to) {
  if (!context.has_input(zero_input)) return add_cast(from, ::onnx::TensorProto::FLOAT, to);
  add_cast(from, ::onnx::TensorProto::FLOAT, from + "_real");
  add_cast(zero, ::onnx::TensorProto::FLOAT, zero + "_real");
  add_integers(zero + "_shape", zero_shape);
  add("Reshape", {zero + "_real", zero + "_shape"}, zero + "_shaped");
  add("Sub", {from + "_real", zero + "_shaped"}, to);
}

Status OperatorBody::import(ImportContext& context) const {
  return import_in_place(context, graph_);
}

Status check_exact_sums(int64_t products) {
  constexpr int64_t kMost = (int64_t{1} << 24) / (255 * 255);
  if (products <= kMost) return {};
  return error(Error::kUnsupportedShape, "it adds up {} products, at most {} are exact in float", products, kMost)
      .with_hint("quantise the layer with QLinearMatMul, QLinearConv or QuantizeLinear and DequantizeLinear");
}

Status import_in_place(ImportContext& context, const ::onnx::GraphProto& graph) {
  std::vector<FileTensor> inputs;
  for (int i = 0; i < graph.input_size(); ++i) {
    const auto index = static_cast<size_t>(i);
    inputs.emplace_back();
    if (!context.has_input(index)) continue;
    TMC_ASSIGN(inputs.back(), context.file_tensor(index));
  }
  return import_in_place(context, graph, inputs);
}

Status import_in_place(ImportContext& context, const ::onnx::GraphProto& graph, const std::vector<FileTensor>& inputs) {
  TMC_ASSIGN(const std::vector<FileTensor> outputs, context.import_body(graph, inputs));
  for (size_t i = 0; i < outputs.size(); ++i) TMC_TRY(context.finish_output_as(i, outputs[i]));
  return {};
}

}  // namespace tmc::frontend::onnx_format
