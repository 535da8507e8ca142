// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sine and cosine in float, freestanding, as base/math.hpp; the same bits on every machine.

#include <stdint.h>

#include "tmc/base/math.hpp"

namespace tmc {

// What is left of an angle within [-pi/4, pi/4], and how many quarters of a turn were taken off. pi/2 in four parts, of
// which the first three have so few bits that their multiples are exact: up to 8192 radians the rest errs by less than
// 1e-9, beyond by as much more as the angle is larger (Cody and Waite). Nothing is left of what is infinite or no
// number.
struct ReducedAngle {
  float rest;
  int32_t quarters;
};
inline ReducedAngle reduced_angle(float x) {
  const float scaled = rounded_f32(x * 0.636619772F);
  if (!(scaled < 1e9F && scaled > -1e9F)) return {x - x, 0};
  const auto quarters = static_cast<int32_t>(scaled < 0 ? scaled - 0.5F : scaled + 0.5F);
  const auto n = static_cast<float>(quarters);
  const float rest = ((x - n * 1.5703125F) - n * 4.837512969970703125e-4F) - rounded_f32(n * 7.54978995489188216e-8F);
  return {rest, quarters};
}

// Polynomials of Cephes' sinf and cosf (S. Moshier) within [-pi/4, pi/4].
inline float sin_of_rest(float r) {
  const float z = r * r;
  const float line = rounded_f32(-1.9515295891e-4F * z) + 8.3321608736e-3F;
  return rounded_f32((rounded_f32(line * z) - 1.6666654611e-1F) * z * r) + r;
}
inline float cos_of_rest(float r) {
  const float z = r * r;
  const float line = rounded_f32(2.443315711809948e-5F * z) - 1.388731625493765e-3F;
  return rounded_f32((rounded_f32(line * z) + 4.166664568298827e-2F) * z * z) - 0.5F * z + 1;
}

// The sine of an angle that is so many quarters of a turn ahead. Error below 1.5 ULP where the result is above 0.01 and
// the angle within 8192 radians, elsewhere that of the rest.
inline float sin_ahead_f32(float x, int32_t quarters_ahead) {
  const ReducedAngle angle = reduced_angle(x);
  const int32_t quarters = angle.quarters + quarters_ahead;
  const float value = quarters & 1 ? cos_of_rest(angle.rest) : sin_of_rest(angle.rest);
  return quarters & 2 ? -value : value;
}
inline float sin_f32(float x) {
  return sin_ahead_f32(x, 0);
}
inline float cos_f32(float x) {
  return sin_ahead_f32(x, 1);
}

}  // namespace tmc
