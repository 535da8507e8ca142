// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of armv7em/conv2d_s8_pixels.hpp.

#include "tmc/kernels/armv7em/conv2d_s8_pixels.hpp"
#include "tmc/kernels/armv7em/host/conv2d_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: channels to unpack, tiles of three pixels and what is gathered of them, channel pairs,
// and weight words to unpack.
template <typename AnyChannel, bool kLanes>
CostFeatures cost_features(Of<Conv2dS8PixelsOf<AnyChannel, kLanes>>, const Conv2dS8::Params& p) {
  const int32_t pixels = p.batch * p.output_h * p.output_w;
  const double tiles = (pixels + kTilePixels - 1) / kTilePixels;
  const double pairs = p.output_c / 2;
  CostFeatures terms = {1.0 * p.output_c,
                        tiles,
                        tiles * pairs,
                        tiles * pairs * window_groups(p),
                        tiles * row_groups(p),
                        tiles * row_tail(p),
                        clamped_values(p.activation_min, p.activation_max, tiles * kTilePixels * p.output_c)};
  if (kLanes) terms.push_back(1.0 * p.output_c * window_groups(p));
  return terms;
}

}  // namespace tmc::kernels::armv7em
