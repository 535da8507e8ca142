// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How an operator on floats becomes one on int8, where it does at all. Who quantises a graph and who lowers it agree on
// this list.

#include <cstdint>
#include <optional>
#include <span>

#include "tmc/ir/graph.hpp"
#include "tmc/ops/op_info.hpp"
#include "tmc/ops/recurrent.hpp"

namespace tmc::quant {

enum class IntegerForm : uint8_t {
  kNone,           // stays float
  kLayer,          // constant weights, int32 accumulator: conv2d, fully_connected
  kArithmetic,     // add, sub, mul: an operand may be a single float constant
  kFunction,       // its own scale in and out: pools, softmax, attention, rotary_embedding, tables
  kWithConstants,  // its own scale in and out, other operands are constants of reals: norms
  kRecurrent,      // lstm, gru, rnn: constant weights, and states whose range is looked for in them
  kDataMovement,   // only moves, chooses or limits elements, so it commutes with rounding; indices stay integers
};

IntegerForm integer_form(const ops::AnyOp& op);

// Of its inputs those, the first ones, that have integers in any scale or are constants: not the mask of attention, the
// angles of rotary_embedding or the indices of lookup.
std::span<const ir::ValueId> quantized_inputs(const ir::Node& node);

// Of an operator of the form kRecurrent. What is no state of int8 is one of int16 (RecurrentForm::wide_states).
struct RecurrentLayer {
  static constexpr size_t kInput = 0, kWeights = 1, kRecurrentWeights = 2, kBias = 3;  // of its inputs

  ops::RecurrentForm form;
  bool bounded;  // its wide state is a mean of what it was and of what lies in [-1, 1], or that alone

  size_t first_state() const { return kBias + form.biases; }
  size_t inputs() const { return first_state() + form.states; }
  bool is_wide(size_t state) const { return state >= form.wide_states; }
};
// Null for another operator, and for one with functions or options that have no integer form.
std::optional<RecurrentLayer> recurrent_layer(const ops::AnyOp& op);

// Whether an operator with such a form computes on int16 as well, in any scale.
bool has_int16_form(const ops::AnyOp& op);

}  // namespace tmc::quant
