// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions in float, freestanding: no libm, no tables, no state. Each states its largest error in units in
// the last place (ULP) of the exact result, as its test measures it.

#include <stdint.h>

namespace tmc {

// exp(x). Error below 1 ULP where the result is normal, one step where it is subnormal. Overflows to infinity above
// 88.72, underflows to zero below -103.97; NaN gives NaN. Reduction by Cody and Waite to |r| <= ln(2) / 2, polynomial
// of Cephes' expf (S. Moshier).
inline float exp_f32(float x) {
  if (x != x) return x;
  if (x > 88.7228394F) return __builtin_inff();
  if (x < -103.972084F) return 0;
  const float scaled = x * 1.44269504F;
  const auto k = static_cast<int32_t>(scaled < 0 ? scaled - 0.5F : scaled + 0.5F);
  const auto whole = static_cast<float>(k);
  const float r = (x - whole * 0.693359375F) + whole * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const float mantissa = p * (r * r) + r + 1;
  // 2^k in two factors, each normal.
  const auto power_of_two = [](int32_t exponent) {
    const uint32_t bits = static_cast<uint32_t>(exponent + 127) << 23;
    float value;
    __builtin_memcpy(&value, &bits, sizeof(value));
    return value;
  };
  const int32_t half = k / 2;
  return mantissa * power_of_two(half) * power_of_two(k - half);
}

}  // namespace tmc
