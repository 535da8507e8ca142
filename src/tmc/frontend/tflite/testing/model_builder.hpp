// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Builds TFLite files for tests, right ones and wrong ones: what the format's tables can hold, the builder writes.

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tmc/frontend/tflite/tflite_generated.h"

namespace tmc::frontend::tflite {

class ModelBuilder {
 public:
  ModelBuilder() {
    model.version = 3;
    model.buffers.push_back(std::make_unique<schema::BufferT>());
    model.subgraphs.push_back(std::make_unique<schema::SubGraphT>());
  }

  schema::SubGraphT& graph() { return *model.subgraphs[0]; }
  schema::TensorT& tensor_at(int32_t index) { return *graph().tensors[static_cast<size_t>(index)]; }

  // Returns the tensor's index. Scale 0: not quantised.
  int32_t tensor(const std::string& name, std::vector<int32_t> shape, float scale = 0, int64_t zero_point = 0,
                 schema::TensorType type = schema::TensorType::INT8) {
    auto tensor = std::make_unique<schema::TensorT>();
    tensor->name = name;
    tensor->shape = std::move(shape);
    tensor->type = type;
    if (scale != 0) quantize(*tensor, {scale}, {zero_point}, 0);
    graph().tensors.push_back(std::move(tensor));
    return static_cast<int32_t>(graph().tensors.size() - 1);
  }
  int32_t input(const std::string& name, std::vector<int32_t> shape, float scale = 0, int64_t zero_point = 0,
                schema::TensorType type = schema::TensorType::INT8) {
    graph().inputs.push_back(tensor(name, std::move(shape), scale, zero_point, type));
    return graph().inputs.back();
  }
  int32_t output(const std::string& name, std::vector<int32_t> shape, float scale = 0, int64_t zero_point = 0,
                 schema::TensorType type = schema::TensorType::INT8) {
    graph().outputs.push_back(tensor(name, std::move(shape), scale, zero_point, type));
    return graph().outputs.back();
  }
  // A float tensor that keeps what is written to it.
  int32_t variable(const std::string& name, std::vector<int32_t> shape) {
    const int32_t index = tensor(name, std::move(shape), 0, 0, schema::TensorType::FLOAT32);
    tensor_at(index).is_variable = true;
    return index;
  }
  template <typename T>
  int32_t constant(const std::string& name, std::vector<int32_t> shape, const std::vector<T>& values, float scale = 0,
                   int64_t zero_point = 0) {
    const int32_t index = tensor(name, std::move(shape), scale, zero_point, type_of(T()));
    auto buffer = std::make_unique<schema::BufferT>();
    buffer->data.resize(values.size() * sizeof(T));
    if (!values.empty()) std::memcpy(buffer->data.data(), values.data(), buffer->data.size());
    tensor_at(index).buffer = static_cast<uint32_t>(model.buffers.size());
    model.buffers.push_back(std::move(buffer));
    return index;
  }
  static void quantize(schema::TensorT& tensor, std::vector<float> scales, std::vector<int64_t> zero_points,
                       int32_t dimension) {
    tensor.quantization = std::make_unique<schema::QuantizationParametersT>();
    tensor.quantization->scale = std::move(scales);
    tensor.quantization->zero_point = std::move(zero_points);
    tensor.quantization->quantized_dimension = dimension;
  }

  schema::OperatorT& op(schema::BuiltinOperator code, std::vector<int32_t> inputs, std::vector<int32_t> outputs) {
    auto entry = std::make_unique<schema::OperatorCodeT>();
    entry->builtin_code = code;
    auto op = std::make_unique<schema::OperatorT>();
    op->opcode_index = static_cast<uint32_t>(model.operator_codes.size());
    op->inputs = std::move(inputs);
    op->outputs = std::move(outputs);
    model.operator_codes.push_back(std::move(entry));
    graph().operators.push_back(std::move(op));
    return *graph().operators.back();
  }
  template <typename Options>
  schema::OperatorT& op(schema::BuiltinOperator code, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
                        Options options) {
    schema::OperatorT& made = op(code, std::move(inputs), std::move(outputs));
    made.builtin_options.Set(std::move(options));
    return made;
  }

  // A custom operator with these options, which are bytes of any kind.
  schema::OperatorT& custom(const std::string& name, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
                            std::vector<uint8_t> options) {
    schema::OperatorT& made = op(schema::BuiltinOperator::CUSTOM, std::move(inputs), std::move(outputs));
    model.operator_codes.back()->custom_code = name;
    made.custom_options = std::move(options);
    return made;
  }

  // The other's graph as a further one.
  void append_graph(ModelBuilder& other) {
    const auto buffers = static_cast<uint32_t>(model.buffers.size());
    const auto codes = static_cast<uint32_t>(model.operator_codes.size());
    for (auto& tensor : other.graph().tensors) {
      if (tensor->buffer != 0) tensor->buffer += buffers;
    }
    for (auto& made : other.graph().operators) made->opcode_index += codes;
    std::ranges::move(other.model.buffers, std::back_inserter(model.buffers));
    std::ranges::move(other.model.operator_codes, std::back_inserter(model.operator_codes));
    model.subgraphs.push_back(std::move(other.model.subgraphs[0]));
  }

  std::vector<std::byte> bytes() const {
    flatbuffers::FlatBufferBuilder builder;
    schema::FinishModelBuffer(builder, schema::Model::Pack(builder, &model));
    const auto file = std::as_bytes(std::span(builder.GetBufferPointer(), builder.GetSize()));
    return {file.begin(), file.end()};
  }

  schema::ModelT model;

 private:
  static schema::TensorType type_of(float) { return schema::TensorType::FLOAT32; }
  static schema::TensorType type_of(int8_t) { return schema::TensorType::INT8; }
  static schema::TensorType type_of(uint8_t) { return schema::TensorType::UINT8; }
  static schema::TensorType type_of(int16_t) { return schema::TensorType::INT16; }
  static schema::TensorType type_of(int32_t) { return schema::TensorType::INT32; }
  static schema::TensorType type_of(int64_t) { return schema::TensorType::INT64; }
};

// A convolution with bias and relu, a pool, a reshape, a fully connected layer and a softmax: 1x6x6x2 to 1x3.
inline ModelBuilder small_network() {
  using schema::BuiltinOperator;
  ModelBuilder m;
  const int32_t x = m.input("x", {1, 6, 6, 2}, 0.5f, -3);
  const int32_t w = m.constant<int8_t>("conv/w", {4, 3, 3, 2}, std::vector<int8_t>(72, 7));
  ModelBuilder::quantize(m.tensor_at(w), {0.1f, 0.2f, 0.3f, 0.4f}, {0, 0, 0, 0}, 0);
  const int32_t b = m.constant<int32_t>("conv/b", {4}, {100, -100, 5, 0});
  ModelBuilder::quantize(m.tensor_at(b), {0.05f, 0.1f, 0.15f, 0.2f}, {0, 0, 0, 0}, 3);
  const int32_t conv = m.tensor("conv", {1, 3, 3, 4}, 0.25f, -128);
  schema::Conv2DOptionsT conv_options;
  conv_options.padding = schema::Padding::SAME;
  conv_options.stride_h = conv_options.stride_w = 2;
  conv_options.fused_activation_function = schema::ActivationFunctionType::RELU;
  m.op(BuiltinOperator::CONV_2D, {x, w, b}, {conv}, conv_options);
  const int32_t pool = m.tensor("pool", {1, 1, 1, 4}, 0.25f, -128);
  schema::Pool2DOptionsT pool_options;
  pool_options.padding = schema::Padding::VALID;
  pool_options.stride_h = pool_options.stride_w = pool_options.filter_height = pool_options.filter_width = 3;
  m.op(BuiltinOperator::AVERAGE_POOL_2D, {conv}, {pool}, pool_options);
  const int32_t flat = m.tensor("flat", {1, 4}, 0.25f, -128);
  m.op(BuiltinOperator::RESHAPE, {pool, m.constant<int32_t>("flat/shape", {2}, {-1, 4})}, {flat});
  const int32_t dense_w = m.constant<int8_t>("dense/w", {3, 4}, std::vector<int8_t>(12, -5), 0.1f);
  const int32_t dense = m.tensor("dense", {1, 3}, 0.5f, 10);
  m.op(BuiltinOperator::FULLY_CONNECTED, {flat, dense_w, -1}, {dense}, schema::FullyConnectedOptionsT());
  schema::SoftmaxOptionsT softmax_options;
  softmax_options.beta = 1;
  m.op(BuiltinOperator::SOFTMAX, {dense}, {m.output("y", {1, 3}, 1.0f / 256, -128)}, softmax_options);
  return m;
}

}  // namespace tmc::frontend::tflite
