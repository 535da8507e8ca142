// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One time step of an LSTM of int16 inputs, states and cells and int8 weights, from the products of its gates to its
// new states, as TensorFlow Lite Micro (LstmStep in tensorflow/lite/micro/kernels/lstm_eval.h) computes it, to the last
// bit; LiteRT has no such layer. The products are those of fully_connected_s16, of which each gate has `hidden` a row.
//
// Both products of a gate, added and saturated to 16 bits, are its number, which has three integer bits. Of numbers, i,
// f and o are logistic functions and c~ the hyperbolic tangent, those of sigmoid_s16 of three times the number. The
// state is h, then c:
//
//   c' = kept + added, clamped to [cell_min, cell_max], where kept = f * c / 2^15 and added = i * c~ / 2^product_shift
//   h' = requantise(o * tanh(c')), saturated, where tanh is that of q = (c' * tanh_multiplier) / 2^tanh_shift
//
// kept and added round as requantise does (base/fixed_point.hpp): the product by 1, then by the other bits; `added` is
// saturated to 16 bits. q rounds halves upward. The new states may lie where the old ones are.
//
// The model's constant: sigmoids u16 [256], as of sigmoid_s16.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct LstmCellS16 {
  static constexpr const char* kName = "lstm_cell_s16";
  static constexpr Access kAccess = Access::kGates;
  // Gates i, o, f and c; product_shift in [2, 31], tanh_multiplier in [1, 2^15], tanh_shift in [0, 14].
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t product_shift, cell_min, cell_max;
             int32_t tanh_multiplier, tanh_shift; int32_t multiplier, shift;)

  struct Buffers {
    const int16_t* gates_a;  // [rows, 4 * hidden]
    const int16_t* gates_b;
    const int16_t* state;  // [2, rows, hidden]
    const uint16_t* sigmoids;
    int16_t* output;  // [2, rows, hidden]
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},
                                            {"gates_b", Role::kInput},
                                            {"state", Role::kInput},
                                            {"sigmoids", Role::kConstant},
                                            {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
