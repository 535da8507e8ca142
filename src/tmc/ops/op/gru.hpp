// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/recurrent.hpp"

namespace tmc::ops {

struct Gru {
  static constexpr const char* kName = "gru";
  static constexpr const char* kDoc =
      "Gated recurrent unit (ONNX GRU), in one direction. Inputs: x [time, batch, inputs], w [3 * hidden, inputs] and "
      "r "
      "[3 * hidden, hidden] with the gates z, r, h, optional biases of both [3 * hidden], state [batch, hidden] before "
      "the "
      "first step. The functions are those of the gates and of h. With linear_before_reset the state is "
      "multiplied by r after its weights. Output: the state of every step [time, 1, batch, hidden], or with sequence = "
      "false of the last. Of int8 input and weights, which may be quantised along axis 0 by gate, the state is int16 "
      "with zero point 0, of which products see 256ths, the output int8 or with wide int16, and biases are int32 in "
      "the scales of what they are added to.";
  static constexpr RecurrentForm kForm{.gates = 3, .functions = 2, .biases = 2};

  bool reverse = false;  // from the last step to the first
  bool sequence = true;
  bool wide = false;  // of int8, the output has the 16 bits of the state
  bool linear_before_reset = false;
  double clip = 0;                         // of what functions see; 0: none
  std::string functions = "sigmoid tanh";  // parse_gate_functions

  static constexpr auto fields() {
    return std::tuple{Field{"reverse", &Gru::reverse}, Field{"sequence", &Gru::sequence},
                      Field{"wide", &Gru::wide},       Field{"linear_before_reset", &Gru::linear_before_reset},
                      Field{"clip", &Gru::clip},       Field{"functions", &Gru::functions}};
  }

  static Inferred infer(const Gru& op, const InferInputs& in) {
    return infer_recurrent(kForm, op.functions, {.sequence = op.sequence, .wide = op.wide}, in);
  }

  static int64_t macs(const Gru&, const InferInputs& in, std::span<const TensorType>) { return recurrent_macs(in); }
};

}  // namespace tmc::ops
