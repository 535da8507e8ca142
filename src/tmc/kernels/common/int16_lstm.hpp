// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of contract/lstm_cell_s16.hpp share: all but the requantisation of the output.

#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/common/sigmoid_table.hpp"
#include "tmc/kernels/contract/lstm_cell_s16.hpp"

namespace tmc::kernels {

constexpr bool has_int16_cell(const LstmCellS16::Params& p) {
  const bool has_shifts = p.product_shift >= 2 && p.product_shift <= 31 && p.tanh_shift >= 0 && p.tanh_shift <= 14;
  return p.gates == 4 && p.states == 2 && has_shifts && p.tanh_multiplier >= 1 && p.tanh_multiplier <= 1 << 15 &&
         p.cell_min >= INT16_MIN && p.cell_max <= INT16_MAX && p.cell_min <= p.cell_max;
}

// A product of at most 2^30 in size over 2^bits: requantised by 2^30 and 1 - bits.
constexpr int32_t halved_and_shifted(int32_t product, int32_t bits) {
  return fixed16::divide_by_pot((product + 1) >> 1, bits - 1);
}

// requantise(product): of o and the tangent of the cell, at most 2^30 in size.
template <typename Requantise>
inline void run_int16_lstm(const LstmCellS16::Params& p, const LstmCellS16::Buffers& b, Requantise requantise) {
  const int32_t all = p.rows * p.hidden;
  const int32_t half = p.tanh_shift > 0 ? 1 << (p.tanh_shift - 1) : 0;
  for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
    const auto tripled = [&](int32_t gate) {
      const int32_t from = first + gate * p.hidden;
      return 3 * fixed16::saturate(b.gates_a[from] + b.gates_b[from]);
    };
    const int32_t forget = sigmoid_by_table(b.sigmoids, tripled(kForgetGate));
    const int32_t input = sigmoid_by_table(b.sigmoids, tripled(kInputGate));
    const int32_t candidate = tanh_by_table(b.sigmoids, tripled(kCellGate));
    const int32_t kept = halved_and_shifted(forget * b.state[all + at], 15);
    const int32_t added = fixed16::saturate(halved_and_shifted(input * candidate, p.product_shift));
    const int32_t cell = clamp(kept + added, p.cell_min, p.cell_max);
    const int32_t output = sigmoid_by_table(b.sigmoids, tripled(kOutputGate));
    const int32_t seen = tanh_by_table(b.sigmoids, (cell * p.tanh_multiplier + half) >> p.tanh_shift);
    b.output[all + at] = static_cast<int16_t>(cell);
    b.output[at] = static_cast<int16_t>(fixed16::saturate(requantise(output * seen)));
  });
}

}  // namespace tmc::kernels
