// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_planar_f32.hpp.

#include "tmc/kernels/armv7em/conv2d_planar_f32.hpp"
#include "tmc/kernels/armv7em/host/detail/float_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/float_terms.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels by four inputs, as conv2d_f32 has them.
inline Blobs pack(Of<Conv2dPlanarF32>, const Conv2dF32::Params&, Constants constants) {
  return pack_float_blocks(constants);
}

// What its work is linear in: tiles (detail/float_terms.hpp), and how windows are fetched from planes: rows of windows,
// taps inside the image, their values, and taps outside it.
inline CostFeatures cost_features(Of<Conv2dPlanarF32>, const Conv2dPlanarF32::Params& p) {
  const int32_t pixels = p.batch * p.output_h * p.output_w;
  CostFeatures terms =
      tile_terms((pixels + 1) / 3, pixels % 3 == 1 ? 1 : 0, p.output_c, p.kernel_h * p.kernel_w * p.input_c,
                 p.half_weights, FloatRange::of(p.activation_min, p.activation_max));
  const double taps = 1.0 * pixels * p.kernel_h * p.kernel_w;
  const double inside = p.batch * taps_inside(p);
  for (const double count : {1.0 * pixels * p.kernel_h, inside, inside * p.input_c, taps - inside}) {
    terms.push_back(count);
  }
  return terms;
}

}  // namespace tmc::kernels::armv7em
