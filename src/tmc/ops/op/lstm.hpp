// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/recurrent.hpp"

namespace tmc::ops {

struct Lstm {
  static constexpr const char* kName = "lstm";
  static constexpr const char* kDoc =
      "Long short-term memory (ONNX LSTM), in one direction. Inputs: x [time, batch, inputs], w [4 * hidden, inputs] "
      "and "
      "r [4 * hidden, hidden] with the gates i, o, f, c, optional bias [4 * hidden], states h and c [batch, hidden] "
      "before the first step, peepholes [3 * hidden] of i, o, f. The functions are those of the gates, of c and of the "
      "output. Output: the state h after every step [time, 1, batch, hidden], or with sequence = false after the last; "
      "with "
      "cell also c after the last [1, 1, batch, hidden], or with cells after every step. Of int8 input and weights, "
      "which may be quantised along axis 0 by gate, c is int16 in a scale that is a power of two, and the bias int32 "
      "in the scale of input and weights. Of int16 input, the states are int16 too, and weights and bias as of int8.";
  static constexpr RecurrentForm kForm{
      .gates = 4, .functions = 3, .biases = 1, .states = 2, .peepholes = true, .wide_states = 1, .wide_inputs = true};

  bool reverse = false;  // from the last step to the first
  bool sequence = true;
  bool cell = false;
  bool cells = false;
  bool input_forget = false;
  double clip = 0;                              // of what functions see; 0: none
  double cell_clip = 0;                         // of c; 0: none
  std::string functions = "sigmoid tanh tanh";  // parse_gate_functions

  static constexpr auto fields() {
    return std::tuple{
        Field{"reverse", &Lstm::reverse},     Field{"sequence", &Lstm::sequence},         Field{"cell", &Lstm::cell},
        Field{"cells", &Lstm::cells},         Field{"input_forget", &Lstm::input_forget}, Field{"clip", &Lstm::clip},
        Field{"cell_clip", &Lstm::cell_clip}, Field{"functions", &Lstm::functions}};
  }

  static Inferred infer(const Lstm& op, const InferInputs& in) {
    return infer_recurrent(kForm, op.functions, {.sequence = op.sequence, .cell = op.cell, .cells = op.cells}, in);
  }

  static int64_t macs(const Lstm&, const InferInputs& in, std::span<const TensorType>) { return recurrent_macs(in); }
};

}  // namespace tmc::ops
