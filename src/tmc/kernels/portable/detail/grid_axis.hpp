// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One axis of grid_sample_f32: where a coordinate lies, and the pixels around it with their weights. Freestanding.

#include "tmc/base/math_rounding.hpp"
#include "tmc/kernels/contract/grid_sample_f32.hpp"

namespace tmc::kernels::portable {

constexpr int32_t kMostTaps = 4;

// Pixels, -1 for what is 0, and their weights.
struct GridAxis {
  int32_t taps;
  int32_t pixels[kMostTaps];
  float weights[kMostTaps];
};

// The pixel that is read where `pixel` is outside; -1 for none. Both are whole.
inline int32_t reflected_pixel(int32_t pixel, int32_t extent, bool corners) {
  // From the middles of the pixels at the ends a reflection leaves one out, from their edges it repeats it.
  const int32_t period = corners ? 2 * (extent - 1) : 2 * extent;
  if (period == 0) return 0;
  const int32_t begin = corners ? 0 : -1;
  int32_t within = pixel % period;
  if (within < 0) within += period;
  return within < extent ? within : period + begin - within;
}

inline int32_t grid_pixel(const GridSampleF32::Params& p, int32_t pixel, int32_t extent) {
  if (pixel >= 0 && pixel < extent) return pixel;
  if (p.outside == GridSampleF32::kZeros) return -1;
  if (p.outside == GridSampleF32::kBorder) return pixel < 0 ? 0 : extent - 1;
  return reflected_pixel(pixel, extent, p.corners != 0);
}

// Keys' weight of a pixel in that distance.
inline float cubic_weight(float distance) {
  constexpr float kA = -0.75F;
  const float d = distance < 0 ? -distance : distance;
  if (d <= 1) return ((kA + 2) * d - (kA + 3)) * d * d + 1;
  return ((kA * d - 5 * kA) * d + 8 * kA) * d - 4 * kA;
}

inline GridAxis grid_axis(const GridSampleF32::Params& p, float place, int32_t extent) {
  constexpr float kFar = 4194304;
  const auto pixels = static_cast<float>(extent);
  float at = p.corners != 0 ? (place + 1) / 2 * (pixels - 1) : ((place + 1) * pixels - 1) / 2;
  const bool is_number = at == at;
  if (at > kFar) at = kFar;
  if (!(at > -kFar) && is_number) at = -kFar;
  GridAxis axis{};
  if (p.mode == GridSampleF32::kNearest) {
    axis.taps = 1;
    axis.weights[0] = 1;
    axis.pixels[0] = grid_pixel(p, is_number ? static_cast<int32_t>(round_even_f32(at)) : -1, extent);
    return axis;
  }
  const float whole = is_number ? floor_f32(at) : at;
  const int32_t first = is_number ? static_cast<int32_t>(whole) : -1;
  const float rest = at - whole;
  const bool is_linear = p.mode == GridSampleF32::kLinear;
  axis.taps = is_linear ? 2 : 4;
  for (int32_t i = 0; i < axis.taps; ++i) {
    axis.pixels[i] = grid_pixel(p, first + i - (is_linear ? 0 : 1), extent);
    if (is_linear) {
      axis.weights[i] = i == 0 ? 1 - rest : rest;
    } else {
      axis.weights[i] = cubic_weight(rest + 1 - static_cast<float>(i));
    }
  }
  return axis;
}

}  // namespace tmc::kernels::portable
