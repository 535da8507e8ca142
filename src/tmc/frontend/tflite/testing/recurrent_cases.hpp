// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: recurrent layers.

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

// A float LSTM of two steps, two inputs and a unit, with what stands for its optional inputs.
inline void lstm(ModelBuilder& m, int32_t input_gate, int32_t projection) {
  schema::UnidirectionalSequenceLSTMOptionsT options;
  options.fused_activation_function = schema::ActivationFunctionType::TANH;
  options.time_major = true;
  const int32_t w = m.constant<float>("w", {1, 2}, {1, 2});
  const int32_t r = m.constant<float>("r", {1, 1}, {3});
  const int32_t b = m.constant<float>("b", {1}, {4});
  const int32_t x = m.input("x", {2, 1, 2}, 0, 0, TensorType::FLOAT32);
  const int32_t h = m.variable("h", {1, 1});
  const int32_t c = m.variable("c", {1, 1});
  m.op(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM,
       {x, input_gate < 0 ? -1 : w, w, w, w, r, r, r, r, -1, -1, -1, b, b, b, b, projection < 0 ? -1 : r, -1, h, c},
       {m.output("y", {2, 1, 1}, 0, 0, TensorType::FLOAT32)}, options);
}

inline const Case kRecurrentCases[] = {
    {"unidirectional_sequence_lstm", [](ModelBuilder& m) { lstm(m, 0, -1); },
     "y_states: f32[2,1,1,1] = lstm(x, y_weights, y_recurrent_weights, y_bias, y_state18, y_state19)\n"
     "y_sequence: f32[2,1,1] = reshape(y_states) shape=[2,1,1]\n"
     "y: f32[2,1,1] = transpose(y_sequence) perm=[0,1,2] @\"unidirectional_sequence_lstm:y\"\n"},
    {"unidirectional_sequence_lstm.coupled", [](ModelBuilder& m) { lstm(m, -1, -1); },
     "node 'unidirectional_sequence_lstm:y': it has no input gate of its own, which is coupled to the forget gate"},
    {"unidirectional_sequence_lstm.projected", [](ModelBuilder& m) { lstm(m, 0, 1); },
     "node 'unidirectional_sequence_lstm:y': it has a projection of its output"},
};

}  // namespace tmc::frontend::tflite::op_cases
