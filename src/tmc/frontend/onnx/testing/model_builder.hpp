// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Builds ONNX files for tests, right ones and wrong ones: what the format's messages can hold, the builder writes.

#include <onnx/onnx_pb.h>

#include <string>
#include <type_traits>
#include <vector>

namespace tmc::frontend::onnx_format {

class ModelBuilder {
 public:
  using Dims = std::vector<int64_t>;
  using Names = std::vector<std::string>;

  explicit ModelBuilder(int64_t opset = 17) {
    model.set_ir_version(8);
    model.add_opset_import()->set_version(opset);
    model.mutable_graph()->set_name("test");
  }

  ::onnx::GraphProto& graph() { return *model.mutable_graph(); }
  ::onnx::NodeProto& node(int index) { return *graph().mutable_node(index); }
  ::onnx::TensorProto& constant_at(int index) { return *graph().mutable_initializer(index); }

  // An extent of -1 is the symbol N.
  void input(const std::string& name, const Dims& dims, int type = ::onnx::TensorProto::FLOAT) {
    describe(*graph().add_input(), name, dims, type);
  }
  // What the file says of the type of a tensor between nodes, or of "y".
  void declare(const std::string& name, const Dims& dims, int type = ::onnx::TensorProto::FLOAT) {
    describe(*graph().add_value_info(), name, dims, type);
  }
  static void describe(::onnx::ValueInfoProto& info, const std::string& name, const Dims& dims, int type) {
    info.set_name(name);
    auto* tensor = info.mutable_type()->mutable_tensor_type();
    tensor->set_elem_type(type);
    tensor->mutable_shape();
    for (const int64_t dim : dims) {
      auto* made = tensor->mutable_shape()->add_dim();
      if (dim < 0) made->set_dim_param("N");
      if (dim >= 0) made->set_dim_value(dim);
    }
  }
  void output(const std::string& name) { graph().add_output()->set_name(name); }

  template <typename T>
  void constant(const std::string& name, const Dims& dims, const std::vector<T>& values) {
    auto& tensor = *graph().add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(type_of(T()));
    for (const int64_t dim : dims) tensor.add_dims(dim);
    tensor.set_raw_data(values.data(), values.size() * sizeof(T));
  }
  template <typename T>
  void scalar(const std::string& name, T value) {
    constant<T>(name, {}, {value});
  }

  ::onnx::NodeProto& op(const std::string& type, const Names& inputs, const Names& outputs) {
    auto& made = *graph().add_node();
    made.set_op_type(type);
    for (const std::string& name : inputs) made.add_input(name);
    for (const std::string& name : outputs) made.add_output(name);
    return made;
  }
  // x -> QuantizeLinear -> x_q -> DequantizeLinear -> out.
  template <typename T>
  void quantize_dequantize(const std::string& x, const std::string& out, float scale, T zero_point) {
    scalar<float>(out + "_scale", scale);
    scalar<T>(out + "_zero", zero_point);
    op("QuantizeLinear", {x, out + "_scale", out + "_zero"}, {out + "_q"});
    op("DequantizeLinear", {out + "_q", out + "_scale", out + "_zero"}, {out});
  }

  static void set(::onnx::NodeProto& node, const std::string& name, int64_t value) {
    auto& attribute = add(node, name, ::onnx::AttributeProto::INT);
    attribute.set_i(value);
  }
  static void set(::onnx::NodeProto& node, const std::string& name, float value) {
    add(node, name, ::onnx::AttributeProto::FLOAT).set_f(value);
  }
  static void set(::onnx::NodeProto& node, const std::string& name, const std::string& value) {
    add(node, name, ::onnx::AttributeProto::STRING).set_s(value);
  }
  static void set(::onnx::NodeProto& node, const std::string& name, const Dims& values) {
    auto& attribute = add(node, name, ::onnx::AttributeProto::INTS);
    for (const int64_t value : values) attribute.add_ints(value);
  }
  static void set(::onnx::NodeProto& node, const std::string& name, const std::vector<float>& values) {
    auto& attribute = add(node, name, ::onnx::AttributeProto::FLOATS);
    for (const float value : values) attribute.add_floats(value);
  }
  static void set(::onnx::NodeProto& node, const std::string& name, const Names& values) {
    auto& attribute = add(node, name, ::onnx::AttributeProto::STRINGS);
    for (const std::string& value : values) attribute.add_strings(value);
  }

  std::vector<std::byte> bytes() const {
    const std::string text = model.SerializeAsString();
    const auto raw = std::as_bytes(std::span(text));
    return {raw.begin(), raw.end()};
  }

  ::onnx::ModelProto model;

 private:
  static ::onnx::AttributeProto& add(::onnx::NodeProto& node, const std::string& name,
                                     ::onnx::AttributeProto_AttributeType type) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(type);
    return attribute;
  }
  static int type_of(float) { return ::onnx::TensorProto::FLOAT; }
  static int type_of(int8_t) { return ::onnx::TensorProto::INT8; }
  static int type_of(uint8_t) { return ::onnx::TensorProto::UINT8; }
  static int type_of(int32_t) { return ::onnx::TensorProto::INT32; }
  static int type_of(int64_t) { return ::onnx::TensorProto::INT64; }
};

// A quantised network: convolution, relu, pool, flatten, matrix product and bias, all between quantise and dequantise.
inline ModelBuilder small_network() {
  ModelBuilder m;
  m.input("x", {1, 2, 4, 4});
  m.quantize_dequantize<int8_t>("x", "x_dq", 0.5f, -3);
  m.constant<int8_t>("w_q", {3, 2, 3, 3}, std::vector<int8_t>(54, 7));
  m.constant<float>("w_scale", {3}, {0.1f, 0.2f, 0.3f});
  m.constant<int8_t>("w_zero", {3}, {0, 0, 0});
  ModelBuilder::set(m.op("DequantizeLinear", {"w_q", "w_scale", "w_zero"}, {"w"}), "axis", int64_t{0});
  auto& conv = m.op("Conv", {"x_dq", "w"}, {"conv"});
  conv.set_name("the_conv");
  ModelBuilder::set(conv, "pads", ModelBuilder::Dims{1, 1, 1, 1});
  m.op("Relu", {"conv"}, {"relu"});
  m.quantize_dequantize<int8_t>("relu", "relu_dq", 0.25f, -128);
  auto& pool = m.op("MaxPool", {"relu_dq"}, {"pool"});
  ModelBuilder::set(pool, "kernel_shape", ModelBuilder::Dims{2, 2});
  ModelBuilder::set(pool, "strides", ModelBuilder::Dims{2, 2});
  m.op("Flatten", {"pool"}, {"flat"});
  m.constant<int8_t>("dense_q", {12, 2}, std::vector<int8_t>(24, -5));
  m.scalar<float>("dense_scale", 0.5f);
  m.op("DequantizeLinear", {"dense_q", "dense_scale"}, {"dense_w"});
  m.op("MatMul", {"flat", "dense_w"}, {"dense"});
  m.constant<float>("bias", {2}, {1, -1});
  m.op("Add", {"dense", "bias"}, {"sum"});
  m.quantize_dequantize<int8_t>("sum", "y", 1, 0);
  m.output("y");
  return m;
}

}  // namespace tmc::frontend::onnx_format
