// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/recurrent.hpp"

namespace tmc::ops {

struct Rnn {
  static constexpr const char* kName = "rnn";
  static constexpr const char* kDoc =
      "Recurrent layer (ONNX RNN), in one direction. Inputs: x [time, batch, inputs], w [hidden, inputs], r [hidden, "
      "hidden], optional bias [hidden], state [batch, hidden] before the first step. The function is that of the "
      "sum. Output: the state of every step [time, 1, batch, hidden], or with sequence = false of the last. Of int8 "
      "input and weights the state is int16 with zero point 0, the output int8 or with wide int16, and the bias int32 "
      "in the scale of input and weights.";
  static constexpr RecurrentForm kForm{};

  bool reverse = false;  // from the last step to the first
  bool sequence = true;
  bool wide = false;               // of int8, the output has the 16 bits of the state
  double clip = 0;                 // of what functions see; 0: none
  std::string functions = "tanh";  // parse_gate_functions

  static constexpr auto fields() {
    return std::tuple{Field{"reverse", &Rnn::reverse}, Field{"sequence", &Rnn::sequence}, Field{"wide", &Rnn::wide},
                      Field{"clip", &Rnn::clip}, Field{"functions", &Rnn::functions}};
  }

  static Inferred infer(const Rnn& op, const InferInputs& in) {
    return infer_recurrent(kForm, op.functions, {.sequence = op.sequence, .wide = op.wide}, in);
  }

  static int64_t macs(const Rnn&, const InferInputs& in, std::span<const TensorType>) { return recurrent_macs(in); }
};

}  // namespace tmc::ops
