// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: recurrent layers.

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

// What a float LSTM of two inputs and a unit has in one direction, without or with what is optional.
inline std::vector<int32_t> lstm_operands(ModelBuilder& m, bool is_coupled = false, bool is_projected = false) {
  const int32_t w = m.constant<float>("w", {1, 2}, {1, 2});
  const int32_t r = m.constant<float>("r", {1, 1}, {3});
  const int32_t b = m.constant<float>("b", {1}, {4});
  return {is_coupled ? -1 : w, w, w, w, r, r, r, r, -1, -1, -1, b, b, b, b, is_projected ? r : -1, -1};
}

// An input of that shape, then the operands and the states.
inline std::vector<int32_t> lstm_inputs(ModelBuilder& m, const std::vector<int32_t>& shape,
                                        const std::vector<int32_t>& operands) {
  std::vector<int32_t> inputs = {m.input("x", shape, 0, 0, TensorType::FLOAT32)};
  inputs.insert(inputs.end(), operands.begin(), operands.end());
  for (const char* state : {"h", "c"}) inputs.push_back(m.variable(state, {1, 1}));
  return inputs;
}

// Of two steps.
inline void lstm(ModelBuilder& m, bool is_coupled, bool is_projected) {
  schema::UnidirectionalSequenceLSTMOptionsT options;
  options.fused_activation_function = schema::ActivationFunctionType::TANH;
  options.time_major = true;
  m.op(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM,
       lstm_inputs(m, {2, 1, 2}, lstm_operands(m, is_coupled, is_projected)),
       {m.output("y", {2, 1, 1}, 0, 0, TensorType::FLOAT32)}, options);
}

// Of one step, of the full kind or the basic one.
inline void lstm_step(ModelBuilder& m, schema::LSTMKernelType kind) {
  schema::LSTMOptionsT options;
  options.fused_activation_function = schema::ActivationFunctionType::TANH;
  options.kernel_type = kind;
  m.op(BuiltinOperator::LSTM, lstm_inputs(m, {1, 2}, lstm_operands(m)),
       {m.output("y", {1, 1}, 0, 0, TensorType::FLOAT32)}, options);
}

// In both directions, whose outputs lie side by side.
inline void lstm_of_both(ModelBuilder& m, bool has_auxiliary_input) {
  schema::BidirectionalSequenceLSTMOptionsT options;
  options.fused_activation_function = schema::ActivationFunctionType::TANH;
  options.merge_outputs = true;
  const int32_t x = m.input("x", {1, 1, 2}, 0, 0, TensorType::FLOAT32);
  const std::vector<int32_t> operands = lstm_operands(m);
  std::vector<int32_t> inputs = {x};
  for (int direction = 0; direction < 2; ++direction) std::ranges::copy(operands, std::back_inserter(inputs));
  for (const char* name : {"fh", "fc", "bh", "bc"}) inputs.push_back(m.variable(name, {1, 1}));
  inputs.push_back(has_auxiliary_input ? x : -1);
  inputs.insert(inputs.end(), 8, -1);
  m.op(BuiltinOperator::BIDIRECTIONAL_SEQUENCE_LSTM, inputs, {m.output("y", {1, 1, 2}, 0, 0, TensorType::FLOAT32)},
       options);
}

// A simple layer of two inputs and a unit.
inline std::vector<int32_t> rnn_operands(ModelBuilder& m, const char* state) {
  return {m.constant<float>("w", {1, 2}, {1, 2}), m.constant<float>("r", {1, 1}, {3}), m.constant<float>("b", {1}, {4}),
          m.variable(state, {1, 1})};
}

inline void rnn_step(ModelBuilder& m, schema::ActivationFunctionType activation) {
  schema::RNNOptionsT options;
  options.fused_activation_function = activation;
  std::vector<int32_t> inputs = rnn_operands(m, "h");
  inputs.insert(inputs.begin(), m.input("x", {1, 2}, 0, 0, TensorType::FLOAT32));
  m.op(BuiltinOperator::RNN, inputs, {m.output("y", {1, 1}, 0, 0, TensorType::FLOAT32)}, options);
}

inline void rnn(ModelBuilder& m) {
  schema::SequenceRNNOptionsT options;
  options.fused_activation_function = schema::ActivationFunctionType::RELU;
  options.time_major = true;
  std::vector<int32_t> inputs = rnn_operands(m, "h");
  inputs.insert(inputs.begin(), m.input("x", {2, 1, 2}, 0, 0, TensorType::FLOAT32));
  m.op(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_RNN, inputs, {m.output("y", {2, 1, 1}, 0, 0, TensorType::FLOAT32)},
       options);
}

inline void rnn_of_both(ModelBuilder& m, bool has_auxiliary_input) {
  schema::BidirectionalSequenceRNNOptionsT options;
  options.fused_activation_function = schema::ActivationFunctionType::TANH;
  options.time_major = true;
  const int32_t x = m.input("x", {1, 1, 2}, 0, 0, TensorType::FLOAT32);
  std::vector<int32_t> inputs = {x};
  for (const char* state : {"fh", "bh"}) std::ranges::copy(rnn_operands(m, state), std::back_inserter(inputs));
  inputs.insert(inputs.end(), {has_auxiliary_input ? x : -1, -1, -1});
  m.op(BuiltinOperator::BIDIRECTIONAL_SEQUENCE_RNN, inputs,
       {m.output("y", {1, 1, 1}, 0, 0, TensorType::FLOAT32), m.output("z", {1, 1, 1}, 0, 0, TensorType::FLOAT32)},
       options);
}

// Two filters of two inputs and two steps that make one unit, in float or of integers.
inline void svdf(ModelBuilder& m, bool is_integer, schema::ActivationFunctionType activation) {
  schema::SVDFOptionsT options;
  options.rank = 2;
  options.fused_activation_function = activation;
  int32_t x, features, times, state, output;
  if (is_integer) {
    x = m.input("x", {1, 2}, 0.5f);
    features = m.constant<int8_t>("features", {2, 2}, {1, 2, 3, 4}, 0.5f);
    times = m.constant<int16_t>("times", {2, 2}, {5, 6, 7, 8}, 0.25f);
    state = m.tensor("state", {1, 4}, 0.125f, 0, TensorType::INT16);
    m.tensor_at(state).is_variable = true;
    output = m.output("y", {1, 1}, 0.5f, -128);
  } else {
    x = m.input("x", {1, 2}, 0, 0, TensorType::FLOAT32);
    features = m.constant<float>("features", {2, 2}, {1, 2, 3, 4});
    times = m.constant<float>("times", {2, 2}, {5, 6, 7, 8});
    state = m.variable("state", {1, 4});
    output = m.output("y", {1, 1}, 0, 0, TensorType::FLOAT32);
  }
  m.op(BuiltinOperator::SVDF, {x, features, times, -1, state}, {output}, options);
}

inline const Case kRecurrentCases[] = {
    {"svdf", [](ModelBuilder& m) { svdf(m, true, schema::ActivationFunctionType::RELU); },
     "y_units: i8[1,1] scale=0.5 zero_point=-128, y_units_1: i16[1,4] scale=0.125 = svdf(x, features, times, "
     "\"state\") "
     "rank=2\n"
     "y: i8[1,1] scale=0.5 zero_point=-128 = reshape(y_units) shape=[1,1] @\"svdf:y\"\n"},
    {"svdf.float", [](ModelBuilder& m) { svdf(m, false, schema::ActivationFunctionType::NONE); },
     "y_newest: f32[1,2] = fully_connected(x, features)\n"
     "y_before: f32[1,2,2] = reshape(\"state\") shape=[1,2,2]\n"
     "y_last: f32[1,2,1] = reshape(y_newest) shape=[1,2,1]\n"
     "y_kept: f32[1,2,1] = slice(y_before) begins=[0,0,1] sizes=[1,2,1] steps=[1,1,1]\n"
     "y_after: f32[1,2,2] = concat(y_kept, y_last) axis=2\n"
     "y_state: f32[1,4] = reshape(y_after) shape=[1,4]\n"
     "y_weighted: f32[1,2,2] = mul(y_after, times)\n"
     "y_of_unit: f32[1,1,4] = reshape(y_weighted) shape=[1,1,4]\n"
     "y: f32[1,1] = reduce_sum(y_of_unit) axes=[2] @\"svdf:y\"\n"},
    {"svdf.activation", [](ModelBuilder& m) { svdf(m, true, schema::ActivationFunctionType::RELU6); },
     "node 'svdf:y': its activation is RELU6, and its output does not begin at zero"},
    {"lstm", [](ModelBuilder& m) { lstm_step(m, schema::LSTMKernelType::FULL); },
     "y_step: f32[1,1,2] = reshape(x) shape=[1,1,2]\n"
     "y_states: f32[1,1,1,1], y_states_1: f32[1,1,1,1] = lstm(y_step, y_weights, y_recurrent_weights, y_bias, h, c) "
     "cell=true\n"
     "y_last_state: f32[1,1] = reshape(y_states) shape=[1,1]\n"
     "y_cell: f32[1,1] = reshape(y_states_1) shape=[1,1]\n"
     "y: f32[1,1] = reshape(y_states) shape=[1,1] @\"lstm:y\"\n"},
    {"lstm.basic", [](ModelBuilder& m) { lstm_step(m, schema::LSTMKernelType::BASIC); },
     "node 'lstm:y': it has 1 outputs, of the basic kind it has 4"},
    {"bidirectional_sequence_lstm", [](ModelBuilder& m) { lstm_of_both(m, false); },
     "y_states_forward: f32[1,1,1,1], y_states_forward_1: f32[1,1,1,1] = lstm(x, y_weights_forward, "
     "y_recurrent_weights_forward, y_bias_forward, fh, fc) cell=true\n"
     "y_last_state_forward: f32[1,1] = reshape(y_states_forward) shape=[1,1]\n"
     "y_cell_forward: f32[1,1] = reshape(y_states_forward_1) shape=[1,1]\n"
     "y_states_backward: f32[1,1,1,1], y_states_backward_1: f32[1,1,1,1] = lstm(x, y_weights_backward, "
     "y_recurrent_weights_backward, y_bias_backward, bh, bc) reverse=true cell=true\n"
     "y_last_state_backward: f32[1,1] = reshape(y_states_backward) shape=[1,1]\n"
     "y_cell_backward: f32[1,1] = reshape(y_states_backward_1) shape=[1,1]\n"
     "y_sequence_forward: f32[1,1,1] = reshape(y_states_forward) shape=[1,1,1]\n"
     "y_sequence_backward: f32[1,1,1] = reshape(y_states_backward) shape=[1,1,1]\n"
     "y_both: f32[1,1,2] = concat(y_sequence_forward, y_sequence_backward) axis=2\n"
     "y: f32[1,1,2] = transpose(y_both) perm=[0,1,2] @\"bidirectional_sequence_lstm:y\"\n"},
    {"bidirectional_sequence_lstm.auxiliary", [](ModelBuilder& m) { lstm_of_both(m, true); },
     "node 'bidirectional_sequence_lstm:y': it has an auxiliary input"},
    {"rnn", [](ModelBuilder& m) { rnn_step(m, schema::ActivationFunctionType::TANH); },
     "y_step: f32[1,1,2] = reshape(x) shape=[1,1,2]\n"
     "y_states: f32[1,1,1,1] = rnn(y_step, y_weights, y_recurrent_weights, y_bias, h)\n"
     "y_last_state: f32[1,1] = reshape(y_states) shape=[1,1]\n"
     "y: f32[1,1] = reshape(y_states) shape=[1,1] @\"rnn:y\"\n"},
    {"rnn.activation", [](ModelBuilder& m) { rnn_step(m, schema::ActivationFunctionType::SIGN_BIT); },
     "node 'rnn:y': its activation is SIGN_BIT"},
    {"unidirectional_sequence_rnn", rnn,
     "y_states: f32[2,1,1,1] = rnn(x, y_weights, y_recurrent_weights, y_bias, h) functions=relu\n"
     "y_last: f32[1,1,1,1] = slice(y_states) begins=[1,0,0,0] sizes=[1,1,1,1] steps=[1,1,1,1]\n"
     "y_last_state: f32[1,1] = reshape(y_last) shape=[1,1]\n"
     "y_sequence: f32[2,1,1] = reshape(y_states) shape=[2,1,1]\n"
     "y: f32[2,1,1] = transpose(y_sequence) perm=[0,1,2] @\"unidirectional_sequence_rnn:y\"\n"},
    {"bidirectional_sequence_rnn", [](ModelBuilder& m) { rnn_of_both(m, false); },
     "y_states_forward: f32[1,1,1,1] = rnn(x, y_weights_forward, y_recurrent_weights_forward, y_bias_forward, fh)\n"
     "y_last_state_forward: f32[1,1] = reshape(y_states_forward) shape=[1,1]\n"
     "y_states_backward: f32[1,1,1,1] = rnn(x, y_weights_backward, y_recurrent_weights_backward, y_bias_backward, bh) "
     "reverse=true\n"
     "y_last_state_backward: f32[1,1] = reshape(y_states_backward) shape=[1,1]\n"
     "y_sequence_forward: f32[1,1,1] = reshape(y_states_forward) shape=[1,1,1]\n"
     "y_sequence_backward: f32[1,1,1] = reshape(y_states_backward) shape=[1,1,1]\n"
     "y: f32[1,1,1] = transpose(y_sequence_forward) perm=[0,1,2] @\"bidirectional_sequence_rnn:y\"\n"
     "z: f32[1,1,1] = transpose(y_sequence_backward) perm=[0,1,2] @\"bidirectional_sequence_rnn:y\"\n"},
    {"bidirectional_sequence_rnn.auxiliary", [](ModelBuilder& m) { rnn_of_both(m, true); },
     "node 'bidirectional_sequence_rnn:y': it has an auxiliary input"},
    {"unidirectional_sequence_lstm", [](ModelBuilder& m) { lstm(m, false, false); },
     "y_states: f32[2,1,1,1], y_states_1: f32[1,1,1,1] = lstm(x, y_weights, y_recurrent_weights, y_bias, h, c) "
     "cell=true\n"
     "y_last: f32[1,1,1,1] = slice(y_states) begins=[1,0,0,0] sizes=[1,1,1,1] steps=[1,1,1,1]\n"
     "y_last_state: f32[1,1] = reshape(y_last) shape=[1,1]\n"
     "y_cell: f32[1,1] = reshape(y_states_1) shape=[1,1]\n"
     "y_sequence: f32[2,1,1] = reshape(y_states) shape=[2,1,1]\n"
     "y: f32[2,1,1] = transpose(y_sequence) perm=[0,1,2] @\"unidirectional_sequence_lstm:y\"\n"},
    {"unidirectional_sequence_lstm.coupled", [](ModelBuilder& m) { lstm(m, true, false); },
     "y_states: f32[2,1,1,1], y_states_1: f32[1,1,1,1] = lstm(x, y_weights, y_recurrent_weights, y_bias, h, c) "
     "cell=true\n"
     "y_last: f32[1,1,1,1] = slice(y_states) begins=[1,0,0,0] sizes=[1,1,1,1] steps=[1,1,1,1]\n"
     "y_last_state: f32[1,1] = reshape(y_last) shape=[1,1]\n"
     "y_cell: f32[1,1] = reshape(y_states_1) shape=[1,1]\n"
     "y_sequence: f32[2,1,1] = reshape(y_states) shape=[2,1,1]\n"
     "y: f32[2,1,1] = transpose(y_sequence) perm=[0,1,2] @\"unidirectional_sequence_lstm:y\"\n"},
    {"unidirectional_sequence_lstm.projected", [](ModelBuilder& m) { lstm(m, false, true); },
     "y_at_0: f32[1,1,2] = slice(x) begins=[0,0,0] sizes=[1,1,2] steps=[1,1,1]\n"
     "y_input_0: f32[1,2] = reshape(y_at_0) shape=[1,2]\n"
     "y_of_input_0: f32[1,4] = fully_connected(y_input_0, y_weights, y_bias)\n"
     "y_of_state_0: f32[1,4] = fully_connected(h, y_recurrent_weights)\n"
     "y_sums_0: f32[1,4] = add(y_of_input_0, y_of_state_0)\n"
     "y_forget_gate_0_sum: f32[1,1] = slice(y_sums_0) begins=[0,1] sizes=[1,1] steps=[1,1]\n"
     "y_forget_gate_0: f32[1,1] = sigmoid(y_forget_gate_0_sum)\n"
     "y_candidate_0_sum: f32[1,1] = slice(y_sums_0) begins=[0,2] sizes=[1,1] steps=[1,1]\n"
     "y_candidate_0: f32[1,1] = tanh(y_candidate_0_sum)\n"
     "y_input_gate_0_sum: f32[1,1] = slice(y_sums_0) begins=[0,0] sizes=[1,1] steps=[1,1]\n"
     "y_input_gate_0: f32[1,1] = sigmoid(y_input_gate_0_sum)\n"
     "y_kept_0: f32[1,1] = mul(y_forget_gate_0, c)\n"
     "y_added_0: f32[1,1] = mul(y_input_gate_0, y_candidate_0)\n"
     "y_cell_0: f32[1,1] = add(y_kept_0, y_added_0)\n"
     "y_output_gate_0_sum: f32[1,1] = slice(y_sums_0) begins=[0,3] sizes=[1,1] steps=[1,1]\n"
     "y_output_gate_0: f32[1,1] = sigmoid(y_output_gate_0_sum)\n"
     "y_activated_cell_0: f32[1,1] = tanh(y_cell_0)\n"
     "y_hidden_0: f32[1,1] = mul(y_output_gate_0, y_activated_cell_0)\n"
     "y_projected_0: f32[1,1] = fully_connected(y_hidden_0, y_projection, _)\n"
     "y_state_0: f32[1,1,1,1] = reshape(y_projected_0) shape=[1,1,1,1]\n"
     "y_at_1: f32[1,1,2] = slice(x) begins=[1,0,0] sizes=[1,1,2] steps=[1,1,1]\n"
     "y_input_1: f32[1,2] = reshape(y_at_1) shape=[1,2]\n"
     "y_of_input_1: f32[1,4] = fully_connected(y_input_1, y_weights, y_bias)\n"
     "y_of_state_1: f32[1,4] = fully_connected(y_projected_0, y_recurrent_weights)\n"
     "y_sums_1: f32[1,4] = add(y_of_input_1, y_of_state_1)\n"
     "y_forget_gate_1_sum: f32[1,1] = slice(y_sums_1) begins=[0,1] sizes=[1,1] steps=[1,1]\n"
     "y_forget_gate_1: f32[1,1] = sigmoid(y_forget_gate_1_sum)\n"
     "y_candidate_1_sum: f32[1,1] = slice(y_sums_1) begins=[0,2] sizes=[1,1] steps=[1,1]\n"
     "y_candidate_1: f32[1,1] = tanh(y_candidate_1_sum)\n"
     "y_input_gate_1_sum: f32[1,1] = slice(y_sums_1) begins=[0,0] sizes=[1,1] steps=[1,1]\n"
     "y_input_gate_1: f32[1,1] = sigmoid(y_input_gate_1_sum)\n"
     "y_kept_1: f32[1,1] = mul(y_forget_gate_1, y_cell_0)\n"
     "y_added_1: f32[1,1] = mul(y_input_gate_1, y_candidate_1)\n"
     "y_cell_1: f32[1,1] = add(y_kept_1, y_added_1)\n"
     "y_output_gate_1_sum: f32[1,1] = slice(y_sums_1) begins=[0,3] sizes=[1,1] steps=[1,1]\n"
     "y_output_gate_1: f32[1,1] = sigmoid(y_output_gate_1_sum)\n"
     "y_activated_cell_1: f32[1,1] = tanh(y_cell_1)\n"
     "y_hidden_1: f32[1,1] = mul(y_output_gate_1, y_activated_cell_1)\n"
     "y_projected_1: f32[1,1] = fully_connected(y_hidden_1, y_projection, _)\n"
     "y_state_1: f32[1,1,1,1] = reshape(y_projected_1) shape=[1,1,1,1]\n"
     "y_states: f32[2,1,1,1] = concat(y_state_0, y_state_1)\n"
     "y_sequence: f32[2,1,1] = reshape(y_states) shape=[2,1,1]\n"
     "y: f32[2,1,1] = transpose(y_sequence) perm=[0,1,2] @\"unidirectional_sequence_lstm:y\"\n"},
};

}  // namespace tmc::frontend::tflite::op_cases
