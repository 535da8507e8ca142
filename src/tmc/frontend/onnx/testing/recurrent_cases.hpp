// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: recurrent layers.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

// Two steps of a batch of one, three inputs and a hidden unit.
inline ::onnx::NodeProto& recurrent(ModelBuilder& m, const char* type, int64_t gates, int64_t directions,
                                    const std::vector<std::string>& outputs) {
  m.input("x", {2, 1, 3});
  m.constant<float>("w", {directions, gates, 3}, std::vector<float>(static_cast<size_t>(directions * gates * 3), 1));
  m.constant<float>("r", {directions, gates, 1}, std::vector<float>(static_cast<size_t>(directions * gates), 1));
  return m.op(type, {"x", "w", "r"}, outputs);
}

inline const Case kRecurrentCases[] = {
    {"RNN", 22,
     [](ModelBuilder& m) {
       recurrent(m, "RNN", 1, 1, {"", "y"});
     },
     "y_weights0: f32[1,3] = reshape(w) shape=[1,3]\n"
     "y_recurrent_weights0: f32[1,1] = reshape(r) shape=[1,1]\n"
     "y_state0_0: f32[1,1] = expand(y_state0_zero0) shape=[1,1]\n"
     "y_states0: f32[1,1,1,1] = rnn(x, y_weights0, y_recurrent_weights0, _, y_state0_0) sequence=false\n"
     "y_result1_last: f32[1,1,1] = reshape(y_states0) shape=[1,1,1]\n"
     "y: f32[1,1,1] = transpose(y_result1_last) perm=[0,1,2] @\"RNN:0\"\n"},
    {"GRU", 22, [](ModelBuilder& m) { recurrent(m, "GRU", 3, 1, {"y"}); },
     "y_weights0: f32[3,3] = reshape(w) shape=[3,3]\n"
     "y_recurrent_weights0: f32[3,1] = reshape(r) shape=[3,1]\n"
     "y_state0_0: f32[1,1] = expand(y_state0_zero0) shape=[1,1]\n"
     "y_states0: f32[2,1,1,1] = gru(x, y_weights0, y_recurrent_weights0, _, _, y_state0_0)\n"
     "y: f32[2,1,1,1] = transpose(y_states0) perm=[0,1,2,3] @\"GRU:y\"\n"},
    {"LSTM", 22, [](ModelBuilder& m) { recurrent(m, "LSTM", 4, 2, {"y"}); },
     "node 'LSTM:y': its weights are not those of 1 directions"},
    {"LSTM.lengths", 22,
     [](ModelBuilder& m) {
       m.constant<int32_t>("lengths", {1}, {1});
       auto& node = recurrent(m, "LSTM", 4, 1, {"y"});
       node.add_input("");
       node.add_input("lengths");
     },
     "node 'LSTM:y': its sequences end before their last step, which is step 2"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
