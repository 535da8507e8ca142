// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: channels to unpack, tiles of three pixels and what is gathered of them, and channel
// pairs.
#include "tmc/kernels/armv7em/conv2d_s8_pixels.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8Pixels>, const armv7em::Conv2dS8Pixels::Params& p) {
  const int32_t pixels = p.batch * p.output_h * p.output_w;
  const double tiles = (pixels + armv7em::kTilePixels - 1) / armv7em::kTilePixels;
  const double pairs = p.output_c / 2;
  return {1.0 * p.output_c,
          tiles,
          tiles * pairs,
          tiles * pairs * armv7em::window_groups(p),
          tiles * armv7em::row_groups(p),
          tiles * armv7em::row_tail(p),
          clamped_values(p.activation_min, p.activation_max, tiles * armv7em::kTilePixels * p.output_c)};
}

}  // namespace tmc::kernels
