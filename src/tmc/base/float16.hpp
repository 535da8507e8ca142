// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// IEEE 754 half precision (binary16), held as its bits. Freestanding.

#include <stdint.h>

namespace tmc {

// Exact: every half is a float.
inline float widen_f16(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const uint32_t magnitude = half & 0x7FFF;
  uint32_t bits = 0;
  if (magnitude >= 0x7C00) {
    bits = 0x7F800000 | (magnitude & 0x3FF) << 13;
  } else if (magnitude >= 0x400) {
    bits = (magnitude << 13) + (uint32_t{112} << 23);
  } else if (magnitude != 0) {
    // Subnormal: shifted until the leading one is the implicit one.
    const int shift = __builtin_clz(magnitude) - 21;
    bits = ((magnitude << (shift + 13)) & 0x7FFFFF) | static_cast<uint32_t>(113 - shift) << 23;
  }
  bits |= sign;
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

// The nearest half, ties to even; beyond the largest it is infinity.
inline uint16_t narrow_f16(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  const auto sign = static_cast<uint16_t>(bits >> 16 & 0x8000);
  const uint32_t magnitude = bits & 0x7FFFFFFF;
  if (magnitude > 0x7F800000) return static_cast<uint16_t>(sign | 0x7E00);
  if (magnitude >= 0x47800000) return static_cast<uint16_t>(sign | 0x7C00);
  if (magnitude < 0x33000000) return sign;
  // The significand with what is dropped below the half's last place.
  const bool is_normal = magnitude >= 0x38800000;
  const int drop = is_normal ? 13 : 126 - static_cast<int>(magnitude >> 23);
  const uint32_t significand = is_normal ? magnitude - (uint32_t{112} << 23) : (magnitude & 0x7FFFFF) | 0x800000;
  const uint32_t half = significand >> drop;
  const uint32_t rest = significand & ((uint32_t{1} << drop) - 1);
  const uint32_t tie = uint32_t{1} << (drop - 1);
  const bool up = rest > tie || (rest == tie && (half & 1) != 0);
  return static_cast<uint16_t>(sign | (half + (up ? 1 : 0)));
}

}  // namespace tmc
