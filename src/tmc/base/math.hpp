// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions in float, freestanding: no libm, no tables, no state. Each states its largest error in units in
// the last place (ULP) of the exact result, as its test measures it.

#include <stdint.h>

// Whether there are instructions for the larger and the smaller of two floats, and for rounding half away from zero
// (VMAXNM, VCVTA). Of the M profile, cores before Armv8 that have them have double precision; 64-bit Arm has others.
#if (defined(__ARM_FEATURE_NUMERIC_MAXMIN) && !defined(__aarch64__)) || \
    (defined(__ARM_FP) && (__ARM_FP & 8) && __ARM_ARCH_PROFILE == 'M')
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

// The value, rounded to float where it stands: what is made of it is not fused with how it was made. A product that is
// added to something is rounded so where every machine is to have the same bits, with whatever options it is compiled.
inline float rounded_f32(float value) {
#if defined(__x86_64__) && !defined(__FMA__)
  // There is nothing to fuse with.
#elif defined(__ARM_FP) && (__ARM_FP & 4) && !defined(__aarch64__)
  asm("" : "+t"(value));
#elif defined(__aarch64__)
  asm("" : "+w"(value));
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
// of Cephes' expf (S. Moshier). The same bits on every machine, and so have the sigmoid, the hyperbolic tangent and the
// error function.
inline float exp_f32(float x) {
  if (x != x) return x;
  if (x > 88.7228394F) return __builtin_inff();
  if (x < -103.972084F) return 0;
  const float scaled = rounded_f32(x * 1.44269504F);
  const auto k = static_cast<int32_t>(scaled < 0 ? scaled - 0.5F : scaled + 0.5F);
  const auto whole = static_cast<float>(k);
  const float r = (x - whole * 0.693359375F) + rounded_f32(whole * 2.12194440e-4F);  // the first product is exact
  float p = 1.9875691500e-4F;
  p = rounded_f32(p * r) + 1.3981999507e-3F;
  p = rounded_f32(p * r) + 8.3334519073e-3F;
  p = rounded_f32(p * r) + 4.1665795894e-2F;
  p = rounded_f32(p * r) + 1.6666665459e-1F;
  p = rounded_f32(p * r) + 5.0000001201e-1F;
  const float mantissa = rounded_f32(p * (r * r)) + r + 1;
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
    p = rounded_f32(p * z) + 2.06390887954e-2F;
    p = rounded_f32(p * z) - 5.37397155531e-2F;
    p = rounded_f32(p * z) + 1.33314422036e-1F;
    p = rounded_f32(p * z) - 3.33332819422e-1F;
    return rounded_f32(p * z * x) + x;
  }
  const float result = 1 - 2 / (exp_f32(2 * size) + 1);
  return x < 0 ? -result : result;
}

// sqrt(x) without an instruction for it, digit by digit.
inline float sqrt_f32_by_digits(float x) {
  if (!(x > 0) || x > 3.40282347e38F) return x == 0 || x > 0 ? x : __builtin_nanf("");
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  auto exponent = static_cast<int32_t>(bits >> 23);
  uint32_t mantissa = bits & 0x7FFFFF;
  if (exponent == 0) {
    for (exponent = 1; mantissa < 0x800000; --exponent) mantissa <<= 1;
  } else {
    mantissa |= 0x800000;
  }
  exponent -= 127;
  if (exponent & 1) mantissa <<= 1, --exponent;
  // The root of mantissa * 2^25, of 25 bits: the lowest is the one to round by, and is never a tie.
  uint64_t rest = static_cast<uint64_t>(mantissa) << 25;
  uint32_t root = 0;
  for (uint64_t bit = uint64_t{1} << 24; bit != 0; bit >>= 1) {
    const uint64_t next = (2 * static_cast<uint64_t>(root) + bit) * bit;
    if (next > rest) continue;
    rest -= next;
    root += static_cast<uint32_t>(bit);
  }
  const uint32_t rounded = (root + 1) >> 1;
  bits = (static_cast<uint32_t>(exponent / 2 + 127) << 23) + (rounded - 0x800000);
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

// sqrt(x), the nearest float; NaN for what is negative. One instruction where there is one.
inline float sqrt_f32(float x) {
#if defined(__ARM_FP) && (__ARM_FP & 4) && !defined(__aarch64__)
  asm("vsqrt.f32 %0, %1" : "=t"(x) : "t"(x));
  return x;
#elif defined(__aarch64__)
  asm("fsqrt %s0, %s1" : "=w"(x) : "w"(x));
  return x;
#elif defined(__SSE__)
  asm("sqrtss %1, %0" : "=x"(x) : "x"(x));
  return x;
#else
  return sqrt_f32_by_digits(x);
#endif
}

// erf(x). Error below 3 ULP. NaN gives NaN. Two polynomials fitted for this: erf(x) / x in x^2 below 1, and
// -ln(1 - erf(x)) in x beyond, where from 4 on the result is 1.
inline float erf_f32(float x) {
  const float size = x < 0 ? -x : x;
  if (size < 1) {
    const float z = x * x;
    float p = 7.93349391e-5F;
    p = rounded_f32(p * z) - 8.03484640e-4F;
    p = rounded_f32(p * z) + 5.19121857e-3F;
    p = rounded_f32(p * z) - 2.68553998e-2F;
    p = rounded_f32(p * z) + 1.12836257e-1F;
    p = rounded_f32(p * z) - 3.76126289e-1F;
    p = rounded_f32(p * z) + 1.12837923F;
    return p * x;
  }
  if (!(size < 4)) return x != x ? x : x < 0 ? -1.0F : 1.0F;
  float p = 2.15815212e-5F;
  p = rounded_f32(p * size) - 4.40056348e-4F;
  p = rounded_f32(p * size) + 4.19805944e-3F;
  p = rounded_f32(p * size) - 2.51903012e-2F;
  p = rounded_f32(p * size) + 1.08389460e-1F;
  p = rounded_f32(p * size) + 6.33247674e-1F;
  p = rounded_f32(p * size) + 1.12956405F;
  p = rounded_f32(p * size) - 1.84899283e-4F;
  const float result = 1 - exp_f32(-p);
  return x < 0 ? -result : result;
}

}  // namespace tmc
