// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions in float, freestanding: no libm, no tables, no state. Each states its largest error in units in
// the last place (ULP) of the exact result, as its test measures it.

#include <stdint.h>

// Whether there are instructions for the larger and the smaller of two floats, and for rounding half away from zero
// (VMAXNM and VCVTA, of FPv5): cores of the M profile
// that have them before Armv8 do not say so, but have them with double precision.
#if defined(__ARM_FEATURE_NUMERIC_MAXMIN) || (defined(__ARM_FP) && (__ARM_FP & 8) && __ARM_ARCH_PROFILE == 'M')
#define TMC_FLOAT_MAXMIN 1
#else
#define TMC_FLOAT_MAXMIN 0
#endif

namespace tmc {

// The larger and the smaller of two numbers; where one is not a number, either. One instruction where there is one.
inline float max_f32(float a, float b) {
#if TMC_FLOAT_MAXMIN
  return __builtin_fmaxf(a, b);
#else
  return a < b ? b : a;
#endif
}
inline float min_f32(float a, float b) {
#if TMC_FLOAT_MAXMIN
  return __builtin_fminf(a, b);
#else
  return b < a ? b : a;
#endif
}
inline float clamp_f32(float value, float low, float high) {
  return min_f32(max_f32(value, low), high);
}

// The nearest integer, half away from zero. The value is in the range of the result.
inline int32_t round_f32(float value) {
#if TMC_FLOAT_MAXMIN
  float rounded;
  asm("vcvta.s32.f32 %0, %1" : "=t"(rounded) : "t"(value));
  int32_t bits;
  __builtin_memcpy(&bits, &rounded, sizeof bits);
  return bits;
#else
  const auto whole = static_cast<int32_t>(value);
  const float rest = value - static_cast<float>(whole);
  return whole + (rest >= 0.5F ? 1 : 0) - (rest <= -0.5F ? 1 : 0);
#endif
}

// The value, rounded to float where it stands: what is made of it is not fused with how it was made.
inline float rounded_f32(float value) {
#if TMC_FLOAT_MAXMIN
  asm("" : "+t"(value));
#else
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  asm("" : "+r"(bits));
  __builtin_memcpy(&value, &bits, sizeof value);
#endif
  return value;
}

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

// 1 / (1 + exp(-x)). Error below 2.5 ULP. NaN gives NaN.
inline float sigmoid_f32(float x) {
  // The exponential of a negative number does not overflow.
  const float e = exp_f32(x < 0 ? x : -x);
  return (x < 0 ? e : 1.0F) / (1 + e);
}

// tanh(x). Error below 2 ULP. NaN gives NaN. A polynomial of Cephes' tanhf near zero, by the exponential beyond.
inline float tanh_f32(float x) {
  const float size = x < 0 ? -x : x;
  if (size < 0.625F) {
    const float z = x * x;
    float p = -5.70498872745e-3F;
    p = p * z + 2.06390887954e-2F;
    p = p * z - 5.37397155531e-2F;
    p = p * z + 1.33314422036e-1F;
    p = p * z - 3.33332819422e-1F;
    return p * z * x + x;
  }
  const float result = 1 - 2 / (exp_f32(2 * size) + 1);
  return x < 0 ? -result : result;
}

}  // namespace tmc
