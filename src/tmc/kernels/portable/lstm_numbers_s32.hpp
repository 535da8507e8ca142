// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a gate of a row after the other, in its place of the output.

#include "tmc/kernels/contract/lstm_numbers_s32.hpp"
#include "tmc/kernels/portable/detail/gate_numbers.hpp"

namespace tmc::kernels::portable {

struct LstmNumbersS32 : ImplementationOf<kernels::LstmNumbersS32> {
  static constexpr bool applies(const Params& p) {
    for (const int32_t shift : p.shifts) {
      if (shift > 31 - 12) return false;
    }
    return p.sum_gates == 3 || p.sum_gates == 4;
  }
  static constexpr double instructions(const Params& p) {
    const double looks = p.has_peepholes != 0 ? 20 : 0;
    const double normalizes = p.has_normalization != 0 ? 90 : 0;
    return 4.0 * p.rows * p.hidden * (60 + looks + normalizes) + 1'000;
  }

  static void run(Params p, Buffers b) {
    for (int32_t row = 0; row < p.rows; ++row) {
      for (int32_t gate = 0; gate < 4; ++gate) {
        int32_t* numbers = b.output + (row * 4 + gate) * p.hidden;
        const bool is_wanted = (p.mask >> gate & 1) != 0;
        for (int32_t unit = 0; unit < p.hidden; ++unit) {
          numbers[unit] = is_wanted ? detail::seen_number(p, b, gate, row, unit) : 0;
        }
        if (is_wanted && p.has_normalization != 0) detail::normalize(p, b, gate, numbers);
        for (int32_t unit = 0; unit < p.hidden; ++unit) numbers[unit] *= 2;
      }
    }
  }
};

}  // namespace tmc::kernels::portable
