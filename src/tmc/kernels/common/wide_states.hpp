// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of contract/recurrent_s16.hpp share: all but how a sum becomes a number. A Scale is made of a
// multiplier and a shift; its added(sum, number) is the scaled sum and the number, saturated to 16 bits.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/common/sigmoid_table.hpp"
#include "tmc/kernels/contract/recurrent_s16.hpp"

namespace tmc::kernels {

constexpr int32_t kMostStateBits = 6;

// round(value / 2^bits), halves upward.
constexpr int32_t rounded_shift(int32_t value, int32_t bits) {
  return bits == 0 ? value : (value + (1 << (bits - 1))) >> bits;
}
inline int32_t logistic_number(const uint16_t* sigmoids, int32_t number) {
  return sigmoid_by_table(sigmoids, 3 * number);
}
inline int32_t tanh_number(const uint16_t* sigmoids, int32_t number) {
  return tanh_by_table(sigmoids, 3 * number);
}

inline int32_t integer_function(const GateS16::Params& p, const uint16_t* sigmoids, int32_t number) {
  if (p.function == static_cast<int32_t>(IntegerGate::kRelu)) return number < 0 ? 0 : number;
  const int32_t value = p.function == static_cast<int32_t>(IntegerGate::kTanh) ? tanh_number(sigmoids, number)
                                                                               : logistic_number(sigmoids, number);
  return p.times_state != 0 ? value : rounded_shift(value, p.state_bits);
}

template <typename Scale>
inline void run_gate(const GateS16::Params& p, const GateS16::Buffers& b) {
  const Scale of_a(p.a_multipliers[0], p.a_shifts[0]);
  const Scale of_b(p.b_multipliers[0], p.b_shifts[0]);
  for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
    const int32_t sum = first + p.gate * p.hidden;
    const int32_t value = integer_function(p, b.sigmoids, of_b.added(b.gates_b[sum], of_a.added(b.gates_a[sum], 0)));
    b.output[at] = static_cast<int16_t>(p.times_state != 0 ? rounded_shift(value * b.state[at], 15) : value);
  });
}

template <typename Scale>
inline void run_gru_state(const GruStateS16::Params& p, const GruStateS16::Buffers& b) {
  const Scale update_a(p.a_multipliers[0], p.a_shifts[0]), update_b(p.b_multipliers[0], p.b_shifts[0]);
  const Scale reset_a(p.a_multipliers[1], p.a_shifts[1]), reset_b(p.b_multipliers[1], p.b_shifts[1]);
  const Scale candidate_a(p.a_multipliers[2], p.a_shifts[2]), candidate_b(p.b_multipliers[2], p.b_shifts[2]);
  for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
    const int32_t z =
        logistic_number(b.sigmoids, update_b.added(b.gates_b[first], update_a.added(b.gates_a[first], 0)));
    const int32_t of_input = candidate_a.added(b.candidate_a[at], 0);
    int32_t number = 0;
    if (p.reset_after != 0) {
      const int32_t unit = first + p.hidden;
      const int32_t r = logistic_number(b.sigmoids, reset_b.added(b.gates_b[unit], reset_a.added(b.gates_a[unit], 0)));
      const int32_t let_through = rounded_shift(r * candidate_b.added(b.candidate_b[at], 0), 15);
      number = clamp(of_input + let_through, INT16_MIN, INT16_MAX);
    } else {
      number = candidate_b.added(b.candidate_b[at], of_input);
    }
    // Within 2^30 in size together, since z is within [0, 1].
    const int32_t kept = z * b.state[at];
    const int32_t added = rounded_shift(((1 << 15) - z) * tanh_number(b.sigmoids, number), p.state_bits);
    b.output[at] = static_cast<int16_t>(clamp(rounded_shift(kept + added, 15), INT16_MIN, INT16_MAX));
  });
}

}  // namespace tmc::kernels
