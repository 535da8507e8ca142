// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of contract/recurrent_s16.hpp share: all but the rounded high half of a product.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/common/sigmoid_table.hpp"
#include "tmc/kernels/contract/recurrent_s16.hpp"

namespace tmc::kernels {

constexpr int32_t kMostStateBits = 6;
constexpr int32_t kMostSumShift = 24;

// round(a * b / 2^32), halves upward.
using HighProduct = int32_t (*)(int32_t, int32_t);

// Whether the first `gates` multipliers and shifts are as contract/recurrent_s16.hpp has them, and the state's bits.
template <typename Params>
constexpr bool has_wide_state(const Params& p, int32_t gates) {
  bool fits = p.states == 1 && p.state_bits >= 0 && p.state_bits <= kMostStateBits;
  for (int32_t i = 0; i < gates; ++i) {
    fits = fits && p.a_multipliers[i] >= 0 && p.a_shifts[i] >= 0 && p.a_shifts[i] <= kMostSumShift;
    fits = fits && p.b_multipliers[i] >= 0 && p.b_shifts[i] >= 0 && p.b_shifts[i] <= kMostSumShift;
  }
  return fits;
}

// round(value / 2^bits), halves upward.
constexpr int32_t rounded_shift(int32_t value, int32_t bits) {
  return bits == 0 ? value : (value + (1 << (bits - 1))) >> bits;
}
constexpr int32_t saturate_16(int32_t value) {
  return clamp(value, INT16_MIN, INT16_MAX);
}

inline int32_t logistic_number(const uint16_t* sigmoids, int32_t number) {
  return sigmoid_by_table(sigmoids, 3 * number);
}
inline int32_t tanh_number(const uint16_t* sigmoids, int32_t number) {
  return tanh_by_table(sigmoids, 3 * number);
}

// At most 2^30 in size.
template <HighProduct kProduct>
inline int32_t scaled_sum(int32_t sum, int32_t multiplier, int32_t shift) {
  const int32_t most = INT32_MAX >> shift;
  return kProduct(clamp(sum, -most - 1, most) * (1 << shift), multiplier);
}

// Of gate number `gate` of the Params.
template <HighProduct kProduct, typename Params>
inline int32_t gate_number(const Params& p, int32_t gate, int32_t a, int32_t b) {
  return saturate_16(scaled_sum<kProduct>(a, p.a_multipliers[gate], p.a_shifts[gate]) +
                     scaled_sum<kProduct>(b, p.b_multipliers[gate], p.b_shifts[gate]));
}

inline int32_t integer_function(const GateS16::Params& p, const uint16_t* sigmoids, int32_t number) {
  if (p.function == static_cast<int32_t>(IntegerGate::kRelu)) return number < 0 ? 0 : number;
  const int32_t value = p.function == static_cast<int32_t>(IntegerGate::kTanh) ? tanh_number(sigmoids, number)
                                                                               : logistic_number(sigmoids, number);
  return p.times_state != 0 ? value : rounded_shift(value, p.state_bits);
}

template <HighProduct kProduct>
inline void run_gate(const GateS16::Params& p, const GateS16::Buffers& b) {
  for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
    const int32_t sum = first + p.gate * p.hidden;
    const int32_t number = gate_number<kProduct>(p, 0, b.gates_a[sum], b.gates_b[sum]);
    const int32_t value = integer_function(p, b.sigmoids, number);
    b.output[at] = static_cast<int16_t>(p.times_state != 0 ? rounded_shift(value * b.state[at], 15) : value);
  });
}

// The number of the candidate of unit `at`, whose first gate's sums are at `first`.
template <HighProduct kProduct>
inline int32_t candidate_number(const GruStateS16::Params& p, const GruStateS16::Buffers& b, int32_t at,
                                int32_t first) {
  constexpr int32_t kCandidate = 2;
  if (p.reset_after == 0) return gate_number<kProduct>(p, kCandidate, b.candidate_a[at], b.candidate_b[at]);
  constexpr int32_t kMost = (1 << 16) - 1;
  const int32_t unit = first + p.hidden;
  const int32_t r = logistic_number(b.sigmoids, gate_number<kProduct>(p, 1, b.gates_a[unit], b.gates_b[unit]));
  const int32_t recurrent =
      scaled_sum<kProduct>(b.candidate_b[at], p.b_multipliers[kCandidate], p.b_shifts[kCandidate]);
  const int32_t let_through = rounded_shift(r * clamp(recurrent, -kMost, kMost), 15);
  return saturate_16(scaled_sum<kProduct>(b.candidate_a[at], p.a_multipliers[kCandidate], p.a_shifts[kCandidate]) +
                     let_through);
}

template <HighProduct kProduct>
inline void run_gru_state(const GruStateS16::Params& p, const GruStateS16::Buffers& b) {
  for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
    const int32_t z = logistic_number(b.sigmoids, gate_number<kProduct>(p, 0, b.gates_a[first], b.gates_b[first]));
    const int32_t candidate = tanh_number(b.sigmoids, candidate_number<kProduct>(p, b, at, first));
    // Within 2^30 in size together, since z is within [0, 1].
    const int32_t added = rounded_shift(((1 << 15) - z) * candidate, p.state_bits);
    b.output[at] = static_cast<int16_t>(saturate_16(rounded_shift(z * b.state[at] + added, 15)));
  });
}

}  // namespace tmc::kernels
