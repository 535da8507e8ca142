// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Counts of what a convolution does that gathers the windows of a few pixels at a time and runs all channel pairs over
// them: what its cost is linear in.

#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

struct WindowCounts {
  double tiles = 0, whole_tiles = 0;
  double whole_windows = 0;
  double split_tiles = 0;     // with a window that is gathered tap by tap
  double copied_windows = 0;  // that are copied value by value before they are gathered
};

// Whether every row of the window of output pixel (y, x) lies in the input, with what is read beyond.
inline bool window_is_whole(const Conv2dS8::Params& p, int32_t y, int32_t x) {
  const int32_t top = y * p.stride_h - p.pad_top;
  const int32_t left = x * p.stride_w - p.pad_left;
  return p.dilation_w == 1 && top >= 0 && top + (p.kernel_h - 1) * p.dilation_h < p.input_h && left >= 0 &&
         left + p.kernel_w + (row_overreads(p) ? 1 : 0) <= p.input_w;
}

inline WindowCounts count_windows(const Conv2dS8::Params& p, int32_t pixels_of_tile) {
  const int32_t pixels = p.batch * p.output_h * p.output_w;
  WindowCounts counts;
  for (int32_t first = 0; first < pixels; first += pixels_of_tile) {
    int32_t whole = 0;
    for (int32_t i = 0; i < pixels_of_tile; ++i) {
      const int32_t pixel = (first + i < pixels ? first + i : pixels - 1) % (p.output_h * p.output_w);
      if (window_is_whole(p, pixel / p.output_w, pixel % p.output_w)) ++whole;
    }
    ++counts.tiles;
    counts.whole_windows += whole;
    if (whole == pixels_of_tile) {
      ++counts.whole_tiles;
    } else if (p.input_c % 4 == 0) {
      ++counts.split_tiles;
    } else {
      counts.copied_windows += pixels_of_tile - whole;
    }
  }
  return counts;
}

inline CostFeatures window_terms(const Conv2dS8::Params& p, int32_t pixels_of_tile) {
  const WindowCounts counts = count_windows(p, pixels_of_tile);
  const double pairs = p.output_c / 2;
  const double taps = p.kernel_h * p.kernel_w;
  const double gathered = counts.tiles - counts.split_tiles;
  return {1.0 * p.output_c,
          counts.tiles,
          counts.tiles * pairs,
          counts.tiles * pairs * window_groups(p),
          gathered * p.kernel_h,
          gathered * p.kernel_h * row_groups(p),
          gathered * p.kernel_h * row_tail(p),
          counts.split_tiles * taps,
          counts.split_tiles * taps * p.input_c,
          counts.copied_windows * taps,
          counts.copied_windows * taps * p.input_c,
          clamped_values(p.activation_min, p.activation_max, counts.tiles * pixels_of_tile * p.output_c)};
}

}  // namespace tmc::kernels::armv7em
