// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Logarithms of base 2 in 16 bits behind the point, from a table u16 [129] of log2(1 + f) - f for the 128ths of f.

#include <stdint.h>

namespace tmc::kernels {

constexpr int32_t kLogStepBits = 9;  // of a step of the table

// log2(1 + fraction / 2^16) of a fraction of 16 bits. Of the product of what is left of the fraction with the rise to
// the next entry `dropped` bits are lost: kLogStepBits for what lies between entries, 16 as signal_log has it.
inline uint32_t log2_of_fraction(uint32_t fraction, const uint16_t* table, int32_t dropped) {
  const uint32_t step = fraction >> kLogStepBits;
  const int32_t rise = table[step + 1] - table[step];
  const auto within = static_cast<int32_t>(fraction - (step << kLogStepBits));
  return fraction + static_cast<uint32_t>(table[step] + (rise * within >> dropped));
}

// Of x from 1 on.
inline int32_t log2_of_wide(uint64_t x, const uint16_t* table) {
  const auto high = static_cast<uint32_t>(x >> 32);
  const auto low = static_cast<uint32_t>(x);
  const int32_t zeros = high != 0 ? __builtin_clz(high) : __builtin_clz(low);
  uint32_t first = (high != 0 ? high : low) << zeros;
  if (high != 0 && zeros > 0) first |= low >> (32 - zeros);
  const int32_t whole = (high != 0 ? 63 : 31) - zeros;
  return (whole << 16) + static_cast<int32_t>(log2_of_fraction(first << 1 >> 16, table, kLogStepBits));
}

}  // namespace tmc::kernels
