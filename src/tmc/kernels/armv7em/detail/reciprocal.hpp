// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reciprocal of common/reciprocal.hpp in a third of the instructions. With h the half of the mantissa in Q0.31,
// which is in [2^30, 2^31), the saturating rounding doubling high product of h and y is smmlar(y, 2h - 2^32, y), and
// 2h - 2^32 is the mantissa's word without its last bit; errors are so small that doubling them, and shifting what
// corrects y, is exact.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/reciprocal.hpp"

namespace tmc::kernels::armv7em {

// Of a value in [1, 2^integer_bits), as of common/reciprocal.hpp.
inline Reciprocal quick_reciprocal_of(int32_t value, int32_t integer_bits) {
  constexpr int32_t k48Over17 = 1515870810;        // Q2.29
  constexpr int32_t kMinus32Over17 = -1010580540;  // Q2.29
  constexpr int32_t kOne = 1 << 29;                // Q2.29
  const int32_t headroom = __builtin_clz(static_cast<uint32_t>(value));
  const auto doubled_half = static_cast<int32_t>((static_cast<uint32_t>(value) << headroom) & ~uint32_t{1});
  int32_t y = k48Over17 + smmlar(kMinus32Over17, doubled_half, kMinus32Over17);
#pragma GCC unroll 3
  for (int step = 0; step < 3; ++step) {
    const int32_t error = kOne - smmlar(y, doubled_half, y);
    y += 4 * smmulr(y, 2 * error);
  }
  return {y < 1 << 30 ? 2 * y : INT32_MAX, integer_bits - headroom};
}

}  // namespace tmc::kernels::armv7em
