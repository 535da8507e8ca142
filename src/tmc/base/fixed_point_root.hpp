// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inverse square root of an integer as a multiplier and a shift (fixed_point.hpp), bit for bit as LiteRT's
// reference kernels have it: five of Newton's steps in numbers of three integer bits
// (GetInvSqrtQuantizedMultiplierExp).

#include "tmc/base/fixed_point.hpp"

namespace tmc {

namespace fixed_root {

constexpr int32_t product(int32_t a, int32_t b) {
  return saturating_rounding_doubling_high_mul(a, b);
}

constexpr int32_t saturating_shift_left(int32_t value, int32_t bits) {
  const int64_t shifted = static_cast<int64_t>(value) * (int64_t{1} << bits);
  return shifted > INT32_MAX ? INT32_MAX : shifted < INT32_MIN ? INT32_MIN : static_cast<int32_t>(shifted);
}

// 1 / sqrt(a), of three integer bits both, for a in [0.25, 1).
constexpr int32_t inverse_root_of_fraction(int32_t a) {
  constexpr int32_t kThreeHalves = (1 << 28) + (1 << 27);
  const int32_t half = rounding_divide_by_pot(a, 1);
  int32_t x = 1 << 28;
  for (int step = 0; step < 5; ++step) {
    const int32_t cube = saturating_shift_left(product(product(x, x), x), 6);
    x = saturating_shift_left(product(kThreeHalves, x) - product(half, cube), 3);
  }
  return x;
}

}  // namespace fixed_root

// 1 / sqrt(value); of 1, and of what is below, one less than 2^31 and no shift.
constexpr FixedMultiplier inverse_root(int32_t value) {
  constexpr int32_t kHalfRootOfTwo = 1518500250;  // without integer bits
  if (value <= 1) return {INT32_MAX, 0};
  int32_t shift = 11;
  for (; value >= 1 << 29; ++shift) value /= 4;
  for (; value < 1 << 27; --shift) value *= 4;
  const int32_t root = fixed_root::product(fixed_root::inverse_root_of_fraction(value >> 1), kHalfRootOfTwo);
  return shift < 0 ? FixedMultiplier{wrapping_shift_left(root, -shift), 0} : FixedMultiplier{root, -shift};
}

}  // namespace tmc
