// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The number of a gate of an integer LSTM (contract/lstm_numbers_s32.hpp), in its parts.

#include "tmc/base/fixed_point_root.hpp"
#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/portable/detail/integer_gate.hpp"

namespace tmc::kernels::portable::detail {

// Of a unit of a row, before it is normalised.
template <typename Params, typename Buffers>
inline int32_t seen_number(const Params& p, const Buffers& b, int32_t gate, int32_t row, int32_t unit) {
  // Where the first gate has no sums, the others' stand one further to the front.
  const int32_t first = (row * p.sum_gates + p.sum_gates - 4) * p.hidden + unit;
  const int32_t number = integer_gate(p, b, first, gate);
  if (p.has_peepholes == 0 || gate == kCellGate) return number;
  const int32_t product = b.peepholes[gate * p.hidden + unit] * b.cell[row * p.hidden + unit];
  const int32_t seen = multiply_by_quantized_multiplier(product, p.peephole_multipliers[gate], p.peephole_shifts[gate]);
  // The reference's sum wraps where the product fills 32 bits.
  const auto sum = static_cast<int32_t>(static_cast<uint32_t>(number) + static_cast<uint32_t>(seen));
  return clamp(sum, INT16_MIN, INT16_MAX);
}

// The numbers of a gate of a row, in their place.
template <typename Params, typename Buffers>
inline void normalize(const Params& p, const Buffers& b, int32_t gate, int32_t* numbers) {
  constexpr int64_t kSquareOf1024 = 1 << 20;
  int64_t sum = 0;
  int64_t squares = 0;
  for (int32_t i = 0; i < p.hidden; ++i) {
    sum += numbers[i];
    squares += numbers[i] * numbers[i];
  }
  const auto mean = static_cast<int32_t>(sum * 1024 / p.hidden);
  const int64_t spread = squares * (kSquareOf1024 / p.hidden) - int64_t{mean} * mean;
  const auto variance = static_cast<int32_t>(spread / kSquareOf1024);
  const FixedMultiplier root = inverse_root(variance < 1 ? p.variance_guards[gate] : variance);
  for (int32_t i = 0; i < p.hidden; ++i) {
    const int32_t at = gate * p.hidden + i;
    const int32_t scaled = multiply_by_quantized_multiplier(1024 * numbers[i] - mean, root.multiplier, root.shift);
    const auto weighted =
        static_cast<int32_t>(static_cast<uint32_t>(scaled) * static_cast<uint32_t>(int32_t{b.coefficients[at]}) +
                             static_cast<uint32_t>(b.biases[at]));
    const int64_t nudged = int64_t{weighted} + (weighted > 0 ? 512 : -512);
    const int32_t number =
        multiply_by_quantized_multiplier(static_cast<int32_t>(nudged / 1024), p.multipliers[gate], p.shifts[gate] + 12);
    numbers[i] = clamp(number, INT16_MIN, INT16_MAX);
  }
}

}  // namespace tmc::kernels::portable::detail
