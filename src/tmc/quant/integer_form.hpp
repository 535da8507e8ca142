// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How an operator on floats becomes one on int8, where it does at all. Who quantises a graph and who lowers it agree on
// this list.

#include <cstdint>

#include "tmc/ops/op_info.hpp"

namespace tmc::quant {

enum class IntegerForm : uint8_t {
  kNone,          // stays float
  kLayer,         // constant weights, int32 accumulator: conv2d, fully_connected
  kArithmetic,    // add, sub, mul: an operand may be a single float constant
  kFunction,      // its own scale in and out: pools, softmax, tables
  kDataMovement,  // only moves, chooses or limits elements, so it commutes with rounding
};

IntegerForm integer_form(const ops::AnyOp& op);

// Whether an operator with such a form computes on int16 as well, in any scale.
bool has_int16_form(const ops::AnyOp& op);

}  // namespace tmc::quant
