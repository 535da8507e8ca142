// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions of float and double under one name: those of base/math.hpp, and the compiler's, which only hosts
// link. Functions of them state their own errors.

#include "tmc/base/math.hpp"
#include "tmc/base/math_logarithm.hpp"
#include "tmc/base/math_rounding.hpp"
#include "tmc/base/math_trigonometric.hpp"

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

template <typename Real>
Real size_of(Real x) {
  return x < 0 ? -x : x;
}

}  // namespace tmc::function
