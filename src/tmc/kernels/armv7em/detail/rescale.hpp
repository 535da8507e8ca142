// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Requantisation with two roundings (base/fixed_point.hpp) by one pair of multiplier and shift, exactly, in five
// instructions and less where Params are constant. With the Q31 multiplier M in [2^30, 2^31):
//
//   high = smmlar(v, 2M - 2^32, v) = floor((v * 2M + 2^31) / 2^32), the saturating rounding doubling high product
//
// and a negative multiplier is that of -v. Half of the unit of a right shift by e rounds ties of negative values toward
// zero, which one less takes away from it.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

struct Rescale {
  int32_t doubled_multiplier;  // 2M - 2^32
  int32_t factor;              // a left shift, and the multiplier's sign
  int32_t right;
  int32_t half;  // of 2^right
  int32_t tie;   // -1 where there is a right shift, else 0
};

// With |v| < 2^30 before a right shift, and -v * 2^left in range where the multiplier is negative.
constexpr bool has_rescale(int32_t multiplier, int32_t shift) {
  return (multiplier >= 1 << 30 || (multiplier <= -(1 << 30) && multiplier > INT32_MIN)) && shift >= -30 && shift <= 15;
}

constexpr Rescale rescale_of(int32_t multiplier, int32_t shift) {
  const uint32_t magnitude = static_cast<uint32_t>(multiplier < 0 ? -multiplier : multiplier);
  const int32_t left = 1 << (shift > 0 ? shift : 0);
  const int32_t right = shift < 0 ? -shift : 0;
  return {static_cast<int32_t>(2 * magnitude), multiplier < 0 ? -left : left, right, right > 0 ? 1 << (right - 1) : 0,
          right > 0 ? -1 : 0};
}

inline int32_t rescaled(int32_t value, const Rescale& by) {
  const auto wide = static_cast<int32_t>(static_cast<uint32_t>(value) * static_cast<uint32_t>(by.factor));
  const int32_t high = smmlar(wide, by.doubled_multiplier, wide);
  return (high + ((high >> 31) & by.tie) + by.half) >> by.right;
}

}  // namespace tmc::kernels::armv7em
