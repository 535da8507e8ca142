// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bits and roots of unsigned integers.

#include <stdint.h>

namespace tmc::kernels::portable {

// Whether T can be shifted by so many bits.
template <typename T>
constexpr bool is_shift(int32_t bits) {
  return bits >= 0 && bits < static_cast<int32_t>(8 * sizeof(T));
}

// Bits up to the highest that is set; x is not 0.
constexpr int32_t bit_width(uint32_t x) {
  return 32 - __builtin_clz(x);
}

// The square root to the nearest, at most `most`, which is the largest whole root of a T. A digit at a time.
template <typename T>
constexpr uint32_t nearest_root(T x, uint32_t most) {
  T root = 0;
  for (T bit = T{1} << (8 * sizeof(T) - 2); bit > 0; bit >>= 2) {
    const bool fits = x >= root + bit;
    if (fits) x -= root + bit;
    root >>= 1;
    if (fits) root += bit;
  }
  return static_cast<uint32_t>(x > root && root < most ? root + 1 : root);
}

}  // namespace tmc::kernels::portable
