// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The numbers of an integer LSTM's gates (contract/recurrent_s8.hpp) from their sums.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// A multiplier M in [2^30, 2^31) and a shift of 0 to 31 bits to the right, exactly for every sum:
//
//   high = smmlar(sum, 2M - 2^32, sum) = floor((sum * 2M + 2^31) / 2^32), the saturating rounding doubling high product
//
// of which at most 2^31 - 2 comes, so that one less, which takes ties of negative values away from zero, and half of
// the unit, added when one bit is left to shift, overflow nowhere.
struct GateScale {
  int32_t doubled_multiplier;  // 2M - 2^32
  int32_t right;

  static constexpr bool fits(int32_t multiplier, int32_t shift) {
    return multiplier >= 1 << 30 && shift <= 0 && shift >= -31;
  }
  GateScale(int32_t multiplier, int32_t shift)
      : doubled_multiplier(static_cast<int32_t>(2 * static_cast<uint32_t>(multiplier))), right(-shift) {}

  int32_t scaled(int32_t sum) const {
    const int32_t high = smmlar(sum, doubled_multiplier, sum);
    if (right == 0) return high;
    return (((high + (high >> 31)) >> (right - 1)) + 1) >> 1;
  }
};

template <typename Params>
constexpr bool has_gate_scales(const Params& p, int32_t gate) {
  return GateScale::fits(p.a_multipliers[gate], p.a_shifts[gate]) &&
         GateScale::fits(p.b_multipliers[gate], p.b_shifts[gate]);
}

// The number of one gate, of the units of a row.
class GateNumber {
 public:
  template <typename Params>
  GateNumber(const Params& p, int32_t gate)
      : a_(p.a_multipliers[gate], p.a_shifts[gate]),
        b_(p.b_multipliers[gate], p.b_shifts[gate]),
        first_(gate * p.hidden) {}

  int32_t of(const int32_t* gates_a, const int32_t* gates_b) const {
    return saturate_s16(wrapping_add(saturate_s16(a_.scaled(gates_a[first_])), b_.scaled(gates_b[first_])));
  }

 private:
  GateScale a_, b_;
  int32_t first_;
};

}  // namespace tmc::kernels::armv7em
