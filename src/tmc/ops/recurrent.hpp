// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the recurrent operators share (lstm, gru, rnn): their functions as texts, and their shapes.

#include <limits>

#include "tmc/function/gate.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct GateFunction {
  function::Gate gate;
  double alpha, beta;
};

// "sigmoid tanh", "leakyrelu:0.1 affine:2:0.5": names of function/gate.hpp, each with its parameters where they are not
// the defaults. kMalformed where they are not `count`, or one is unknown.
Result<std::vector<GateFunction>> parse_gate_functions(std::string_view text, size_t count);
// The function of that name, in any case of its letters; null where there is none.
const function::GateName* find_gate(std::string_view name);

// The largest size that a clip leaves: infinite where it is 0, which is none.
inline float clip_limit(double clip) {
  return clip > 0 ? static_cast<float>(clip) : std::numeric_limits<float>::infinity();
}

// Where the biases and the states stand among the inputs x [time, batch, inputs], w [gates * hidden, inputs] and r
// [gates * hidden, hidden], and how many rows of weights a unit has.
struct RecurrentForm {
  int64_t gates = 1;
  size_t functions = 1;
  size_t biases = 1;       // [gates * hidden], from input 3 on
  size_t states = 1;       // [batch, hidden], after them
  bool peepholes = false;  // [3 * hidden], last
  size_t wide_states = 0;  // of an int8 input, the states from this one on are int16
  // Of an input of int16 too, whose states are int16 as well, weights int8 and biases int32.
  bool wide_inputs = false;
};

// Of a layer of int8: so many steps of a state of int16 are one of what products with weights see.
inline constexpr float kStateStepsInProducts = 256;

// What a layer gives.
struct RecurrentOutputs {
  bool sequence = true;  // the first state after every step [time, 1, batch, hidden]; else after the last [1, ...]
  bool wide = false;     // that one in int16 where the input is int8
  bool cell = false;     // the second state as well, [1, 1, batch, hidden] after the last step
  bool cells = false;    // or [time, 1, batch, hidden] after every step
};

// Checks all inputs.
Inferred infer_recurrent(const RecurrentForm& form, std::string_view functions, const RecurrentOutputs& gives,
                         const InferInputs& in);
// Products with the weights of inputs and states.
int64_t recurrent_macs(const InferInputs& in);

}  // namespace tmc::ops
