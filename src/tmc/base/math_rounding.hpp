// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Floats rounded to integers that stay floats, freestanding and exact. What is no number, infinite, or has no places
// behind the point stays as it is.

#include <stdint.h>

namespace tmc {

// From here on a float has no places behind the point.
inline constexpr float kWholeFromHere = 8388608;  // 2^23

// The largest integer that is not above x.
inline float floor_f32(float x) {
  const float size = x < 0 ? -x : x;
  if (!(size < kWholeFromHere) || size == 0) return x;
  const auto whole = static_cast<float>(static_cast<int32_t>(x));
  return whole > x ? whole - 1 : whole;
}

// The nearest integer, of two the even one: adding 2^23 leaves the sum no room for anything behind the point.
inline float round_even_f32(float x) {
  const float size = x < 0 ? -x : x;
  if (!(size < kWholeFromHere)) return x;
  const float rounded = (size + kWholeFromHere) - kWholeFromHere;
  return __builtin_copysignf(rounded, x);
}

}  // namespace tmc
