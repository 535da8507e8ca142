// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The angle whose tangent a float is, freestanding, as base/math.hpp.

namespace tmc {

// Polynomial of Cephes' atanf (S. Moshier) within [-tan(pi/8), tan(pi/8)].
inline float atan_of_rest(float x) {
  const float z = x * x;
  return (((8.05374449538e-2F * z - 1.38776856032e-1F) * z + 1.99777106478e-1F) * z - 3.33329491539e-1F) * z * x + x;
}

// Error below 2.5 ULP.
inline float atan_f32(float x) {
  const float size = x < 0 ? -x : x;
  const float angle = size > 2.414213562F   ? 1.5707963268F + atan_of_rest(-1 / size)
                      : size > 0.414213562F ? 0.7853981634F + atan_of_rest((size - 1) / (size + 1))
                                            : atan_of_rest(size);
  return x < 0 ? -angle : angle;
}

}  // namespace tmc
