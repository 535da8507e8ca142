// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

// x / (1 + exp(-x)), with the same bits on every machine. The exponential is 2^k * exp(-r), where k is the nearest
// integer to -x / ln(2), taken from the lowest bits of a sum that is too large for a fraction, and
// exp(-r) = 1 - r + r^2 * p(r), a polynomial fitted for this to 1.1e-7. From -88.4 down 2^k is infinite.
inline float silu_of(float x) {
  const float within = clamp_f32(x, -88.73F, 87);
  constexpr float kLarge = 0x1.8p23F + 127;
  const float sum = rounded_f32(within * -1.44269504F) + kLarge;
  const float k = sum - kLarge;
  const float r = (within + k * 0.693359375F) - rounded_f32(k * 2.12194440e-4F);  // the first product is exact
  float p = -8.312399e-3F;
  p = rounded_f32(p * r) + 4.189128e-2F;
  p = rounded_f32(p * r) - 1.666712e-1F;
  p = rounded_f32(p * r) + 4.9999225e-1F;
  const float mantissa = rounded_f32(p * (r * r)) - r + 1;
  uint32_t bits;
  __builtin_memcpy(&bits, &sum, sizeof bits);
  bits <<= 23;
  float power;
  __builtin_memcpy(&power, &bits, sizeof power);
  return x / (1 + rounded_f32(mantissa * power));
}
inline double silu_of(double x) {
  return x / (1 + exp_of(-x));
}

struct Silu : Function {
  static constexpr const char* kName = "silu";
  static constexpr const char* kDoc = "x * sigmoid(x) (Elfwing, Uchibe and Doya 2017), also called swish.";
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 4;
  static constexpr double kSmallest = -80;
  static constexpr double kInstructions = 32;

  template <typename Real>
  static Real apply(Real x) {
    return silu_of(x);
  }
};

}  // namespace tmc::function
