// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a case of op_cases.hpp is, and what several build alike.

#include "tmc/frontend/tflite/testing/model_builder.hpp"

namespace tmc::frontend::tflite::op_cases {

using schema::BuiltinOperator;
using schema::TensorType;
using Ints = std::vector<int32_t>;

struct Case {
  const char* importer;  // the operator, and after a point what is special
  void (*build)(ModelBuilder&);
  const char* nodes;
};

template <typename Options>
Options activated(schema::ActivationFunctionType activation) {
  Options options;
  options.fused_activation_function = activation;
  return options;
}

inline void unary(ModelBuilder& m, BuiltinOperator op) {
  m.op(op, {m.input("x", {2, 3}, 0.5f)}, {m.output("y", {2, 3}, 0.25f)});
}

template <typename Options>
void unary(ModelBuilder& m, BuiltinOperator op, Options options) {
  m.op(op, {m.input("x", {2, 3}, 0.5f)}, {m.output("y", {2, 3}, 0.25f)}, std::move(options));
}

template <typename Options>
void binary(ModelBuilder& m, BuiltinOperator op) {
  m.op(op, {m.input("a", {2, 3}, 0.5f), m.input("b", {3}, 0.5f)}, {m.output("y", {2, 3}, 0.25f)},
       activated<Options>(schema::ActivationFunctionType::RELU6));
}

inline void pool(ModelBuilder& m, BuiltinOperator op) {
  schema::Pool2DOptionsT options;
  options.filter_height = 3;
  options.filter_width = 2;
  options.stride_h = options.stride_w = 2;
  options.fused_activation_function = schema::ActivationFunctionType::RELU_N1_TO_1;
  m.op(op, {m.input("x", {1, 5, 4, 2}, 0.5f)}, {m.output("y", {1, 3, 2, 2}, 0.5f)}, options);
}

inline void depthwise(ModelBuilder& m, int32_t channels, int32_t outputs) {
  std::vector<int8_t> values;
  for (int32_t i = 0; i < 2 * outputs; ++i) values.push_back(static_cast<int8_t>(i));
  const int32_t w = m.constant<int8_t>("w", {1, 2, 1, outputs}, values);
  ModelBuilder::quantize(m.tensor_at(w), std::vector<float>(static_cast<size_t>(outputs), 0.5f), {0}, 3);
  schema::DepthwiseConv2DOptionsT options;
  options.padding = schema::Padding::VALID;
  options.stride_h = options.stride_w = 1;
  options.dilation_h_factor = 2;
  m.op(BuiltinOperator::DEPTHWISE_CONV_2D, {m.input("x", {1, 4, 4, channels}, 0.5f), w},
       {m.output("y", {1, 2, 4, outputs}, 0.5f)}, options);
}

}  // namespace tmc::frontend::tflite::op_cases
