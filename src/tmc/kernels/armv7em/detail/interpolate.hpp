// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tables of contract/detail/interpolation.hpp. Both neighbours of a value are one word, which may lie at any multiple
// of two bytes, and one SMLAD weighs them: with f of 128 parts behind the first,
//
//   first + ((second - first) * f + 64) >> 7 = (first * (128 - f) + second * f + 64) >> 7
//
// which holds where they are less than 2^15 apart.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kWeightOfFirst = 128, kFromFirstToSecond = (1 << 16) - 1;

// The value is one of 128ths of entries, from `zero` on.
inline int32_t between_entries(const int16_t* zero, int32_t value) {
  const int32_t weights = (value & 127) * kFromFirstToSecond + kWeightOfFirst;
  return smlad(load_word(zero + (value >> 7)), weights, 64) >> 7;
}

}  // namespace tmc::kernels::armv7em
