// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions of float and double under one name: those of base/math.hpp, and the compiler's, which only hosts
// link. Functions of them state their own errors.

#include "tmc/base/math.hpp"
#include "tmc/base/math_arctangent.hpp"
#include "tmc/base/math_logarithm.hpp"
#include "tmc/base/math_rounding.hpp"
#include "tmc/base/math_trigonometric.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

inline float exp_of(float x) {
  return exp_f32(x);
}
inline double exp_of(double x) {
  return __builtin_exp(x);
}
inline float log_of(float x) {
  return log_f32(x);
}
inline double log_of(double x) {
  return __builtin_log(x);
}
inline float sin_of(float x) {
  return sin_f32(x);
}
inline double sin_of(double x) {
  return __builtin_sin(x);
}
inline float cos_of(float x) {
  return cos_f32(x);
}
inline double cos_of(double x) {
  return __builtin_cos(x);
}
inline float atan_of(float x) {
  return atan_f32(x);
}
inline double atan_of(double x) {
  return __builtin_atan(x);
}
inline float tanh_of(float x) {
  return tanh_f32(x);
}
inline double tanh_of(double x) {
  return __builtin_tanh(x);
}
inline float sigmoid_of(float x) {
  return sigmoid_f32(x);
}
inline double sigmoid_of(double x) {
  return 1 / (1 + exp_of(-x));
}
inline float erf_of(float x) {
  return erf_f32(x);
}
inline double erf_of(double x) {
  return __builtin_erf(x);
}
inline float sqrt_of(float x) {
  return sqrt_f32(x);
}
inline double sqrt_of(double x) {
  return __builtin_sqrt(x);
}
inline float floor_of(float x) {
  return floor_f32(x);
}
inline double floor_of(double x) {
  return __builtin_floor(x);
}
inline float expm1_of(float x) {
  return expm1_f32(x);
}
inline double expm1_of(double x) {
  return __builtin_expm1(x);
}
inline float log1p_of(float x) {
  return log1p_f32(x);
}
inline double log1p_of(double x) {
  return __builtin_log1p(x);
}
// The nearest integer, of two the even one.
inline float round_even_of(float x) {
  return round_even_f32(x);
}
inline double round_even_of(double x) {
  return __builtin_nearbyint(x);
}

inline float clamp_of(float x, float low, float high) {
  return clamp_f32(x, low, high);
}
inline double clamp_of(double x, double low, double high) {
  return x < low ? low : x > high ? high : x;
}

template <typename T>
T larger_of(T a, T b) {
  return a < b ? b : a;
}
inline float larger_of(float a, float b) {
  return max_f32(a, b);
}
template <typename T>
T smaller_of(T a, T b) {
  return b < a ? b : a;
}
inline float smaller_of(float a, float b) {
  return min_f32(a, b);
}

// Limited to [low, high]; integers between limits that they have.
template <typename T>
T limited_of(T x, float low, float high) {
  if constexpr (kIsReal<T>) {
    return clamp_of(x, static_cast<T>(low), static_cast<T>(high));
  } else {
    return static_cast<float>(x) < low ? static_cast<T>(low) : static_cast<float>(x) > high ? static_cast<T>(high) : x;
  }
}

template <typename T>
T floor_quotient_of(T a, T b) {
  if constexpr (kIsReal<T>) {
    return floor_of(a / b);
  } else {
    const T rest = remainder_of(a, b);
    const T quotient = quotient_of(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? difference_of(quotient, T(1)) : quotient;
  }
}

// Whole exponents by products, others by exp(y * log(x)), whose error grows with that product.
template <typename T>
T power_of(T x, T y) {
  constexpr uint32_t kMostProducts = 1024;
  if constexpr (kIsReal<T>) {
    const T size = size_of(y);
    if (size <= T(kMostProducts) && floor_of(y) == y) {
      const T power = whole_power_of(x, static_cast<uint32_t>(size));
      return y < 0 ? 1 / power : power;
    }
    return exp_of(y * log_of(x));
  } else {
    if (y < 0) return x == 1 || (size_of(x) == 1 && y % 2 == 0) ? T(1) : size_of(x) == 1 ? x : T(0);
    return sizeof(T) == 8 ? whole_power_of(x, static_cast<uint64_t>(y)) : whole_power_of(x, static_cast<uint32_t>(y));
  }
}

}  // namespace tmc::function
