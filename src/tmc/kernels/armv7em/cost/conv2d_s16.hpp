// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: tiles of three pixels, their rows and words, rows that are copied because they are no
// whole words or not inside, channel pairs, and outputs.

#include "tmc/kernels/armv7em/conv2d_s16.hpp"
#include "tmc/kernels/armv7em/cost/int16_terms.hpp"
#include "tmc/kernels/armv7em/cost/window_terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS16>, const armv7em::Conv2dS16::Params& p) {
  using Body = armv7em::Conv2dS16;
  const auto bytes = armv7em::in_bytes(p);
  const armv7em::WindowCounts counts = armv7em::count_windows(bytes, armv7em::kTilePixels);
  const double windows = armv7em::kTilePixels * counts.tiles;
  const double partial = windows - counts.whole_windows;
  const double odd = armv7em::rows_are_words(bytes) ? 0 : windows;
  return {counts.tiles,
          counts.tiles * p.kernel_h,
          counts.tiles * Body::steps(p),
          odd * p.kernel_h,
          partial * p.kernel_h,
          (odd > 0 ? odd : partial) * Body::steps(p),
          p.dilation_w == 1 ? 0 : partial * p.kernel_h * p.kernel_w,
          counts.tiles * Body::pairs(p),
          counts.tiles * Body::pairs(p) * Body::steps(p),
          armv7em::clamped_int16_values(p.activation_min, p.activation_max, windows * p.output_c)};
}

}  // namespace tmc::kernels
