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
// the unit, added when one bit is left to shift, overflow nowhere. Shifts e of 2 to 8 bits are one instruction
// (detail/channel.hpp), exact where |high| < 2^(32 - e); beyond, what is added to at most 2^15 in size is past 2^16,
// and saturates to 16 bits either way.
struct GateScale {
  static constexpr int32_t kLeastShort = 2, kMostShort = 8;

  int32_t doubled_multiplier;  // 2M - 2^32
  int32_t right;
  int32_t factor;  // of a short shift, else 0

  static constexpr bool fits(int32_t multiplier, int32_t shift) {
    return multiplier >= 1 << 30 && shift <= 0 && shift >= -31;
  }
  constexpr GateScale(int32_t multiplier, int32_t shift)
      : doubled_multiplier(static_cast<int32_t>(2 * static_cast<uint32_t>(multiplier))),
        right(-shift),
        factor(right < kLeastShort || right > kMostShort ? 0
                                                         : static_cast<int32_t>((uint32_t{1} << (32 - right)) + 1)) {}

  // The scaled sum and `number`, of 16 bits, saturated to 16 bits.
  int32_t added(int32_t sum, int32_t number) const {
    const int32_t high = smmlar(sum, doubled_multiplier, sum);
    if (factor != 0) return saturate_s16(smmlar(high, factor, number));
    const int32_t scaled = right == 0 ? high : (((high + (high >> 31)) >> (right - 1)) + 1) >> 1;
    return saturate_s16(wrapping_add(number, scaled));
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
  constexpr GateNumber(const Params& p, int32_t gate)
      : a_(p.a_multipliers[gate], p.a_shifts[gate]),
        b_(p.b_multipliers[gate], p.b_shifts[gate]),
        first_(gate * p.hidden) {}

  int32_t of(const int32_t* gates_a, const int32_t* gates_b) const {
    return b_.added(gates_b[first_], a_.added(gates_a[first_], 0));
  }

 private:
  GateScale a_, b_;
  int32_t first_;
};

}  // namespace tmc::kernels::armv7em
