// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The numbers of an integer LSTM's gates (recurrent_s8.hpp) where more than sums goes into them: peepholes, which look
// at the cell, and a normalisation over the units. As LiteRT's CalculateLstmGateInteger8x8_16
// (lite/kernels/lstm_eval.cc) and its ApplyLayerNorm have them, to the last bit.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Twice the number of every gate whose bit is in `mask`, and 0 for the others: what lstm_state_s16 and lstm_output_s8
// take for sums, of which the multiplier 2^30 makes the number. Gates i, o, f and c; without i, sum_gates = 3, the sums
// have the other three.
//
//   n = both sums requantised, each with a multiplier and a shift of its own, and added with saturation to 16 bits
//   with peepholes, but of c:  n = saturate(n + requantise(peephole * cell))
//   with normalization:        n = saturate(requantise_12(round((root * (1024 n - mean)) * coefficient + bias) / 1024))
//
// where mean is 1024 times that of the row, rounded toward zero; root the inverse square root
// (base/fixed_point_root.hpp) of the row's variance or, where that is below 1, of variance_guard; sums of products
// wrap; and requantise_12 shifts 12 bits less to the right. The model's constants, each of the four gates: peepholes
// i16, coefficients i16, biases i32 [4, hidden], which are not looked at where there are none.
struct LstmNumbersS32 {
  static constexpr const char* kName = "lstm_numbers_s32";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t rows, hidden, sum_gates, mask; int32_t gates_a_elements, gates_b_elements, cell_elements;
             int32_t output_elements; int32_t a_multipliers[4], a_shifts[4]; int32_t b_multipliers[4], b_shifts[4];
             int32_t has_peepholes, peephole_multipliers[4], peephole_shifts[4];
             int32_t has_normalization, multipliers[4], shifts[4], variance_guards[4];)

  struct Buffers {
    const int32_t* gates_a;  // [rows, sum_gates * hidden]
    const int32_t* gates_b;
    const int16_t* cell;  // [rows, hidden]
    const int16_t* peepholes;
    const int16_t* coefficients;
    const int32_t* biases;
    int32_t* output;  // [rows, 4 * hidden]
  };
  static constexpr BufferInfo kBuffers[] = {
      {"gates_a", Role::kInput},      {"gates_b", Role::kInput},         {"cell", Role::kInput},
      {"peepholes", Role::kConstant}, {"coefficients", Role::kConstant}, {"biases", Role::kConstant},
      {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
