// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Logarithms, and the exponential near zero, in float: freestanding, as base/math.hpp. Each states its largest error in
// units in the last place (ULP), as its test measures it.

#include <stdint.h>

#include "tmc/base/math.hpp"

namespace tmc {

// log(x). Error below 1 ULP. Minus infinity of zero, no number below. Polynomial of Cephes' logf (S. Moshier) for the
// mantissa within [sqrt(1/2), sqrt(2)).
inline float log_f32(float x) {
  if (!(x > 0)) return x == 0 ? -__builtin_inff() : __builtin_nanf("");
  if (x > 3.40282347e38F) return x;
  int32_t exponent = 0;
  if (x < 1.17549435e-38F) {  // subnormal
    x *= 16777216;
    exponent = -24;
  }
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  exponent += static_cast<int32_t>(bits >> 23) - 126;
  bits = (bits & 0x7FFFFF) | 0x3F000000;
  float mantissa;  // within [1/2, 1)
  __builtin_memcpy(&mantissa, &bits, sizeof mantissa);
  if (mantissa < 0.707106781F) {
    --exponent;
    mantissa += mantissa;
  }
  const float r = mantissa - 1;
  const float z = r * r;
  float p = 7.0376836292e-2F;
  p = p * r - 1.1514610310e-1F;
  p = p * r + 1.1676998740e-1F;
  p = p * r - 1.2420140846e-1F;
  p = p * r + 1.4249322787e-1F;
  p = p * r - 1.6668057665e-1F;
  p = p * r + 2.0000714765e-1F;
  p = p * r - 2.4999993993e-1F;
  p = p * r + 3.3333331174e-1F;
  // The logarithm of 2 in two parts, the first of few bits.
  const auto e = static_cast<float>(exponent);
  return (p * r * z + e * -2.12194440e-4F - 0.5F * z) + r + e * 0.693359375F;
}

// log(1 + x) for x > -1. Error below 2.5 ULP: what the sum rounds away is given back as a factor (Kahan; Higham,
// Accuracy and Stability of Numerical Algorithms, section 1.14.1).
inline float log1p_f32(float x) {
  const float sum = rounded_f32(1 + x);
  if (sum == 1) return x;
  if (sum > 3.40282347e38F) return sum;
  return log_f32(sum) * (x / (sum - 1));
}

// exp(x) - 1. Error below 2.5 ULP: by a polynomial near zero, where the difference cancels.
inline float expm1_f32(float x) {
  const float size = x < 0 ? -x : x;
  if (!(size < 0.5F)) return exp_f32(x) - 1;
  // The Taylor series; the next term is below half a unit.
  float p = 2.48015873e-5F;
  p = p * x + 1.98412698e-4F;
  p = p * x + 1.38888889e-3F;
  p = p * x + 8.33333333e-3F;
  p = p * x + 4.16666667e-2F;
  p = p * x + 1.66666667e-1F;
  p = p * x + 0.5F;
  return p * (x * x) + x;
}

}  // namespace tmc
