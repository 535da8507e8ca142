// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_f32.hpp.

#include "tmc/kernels/armv7em/conv2d_f32.hpp"
#include "tmc/kernels/armv7em/host/detail/float_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/float_terms.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels by four inputs.
inline Blobs pack(Of<Conv2dF32>, const Conv2dF32::Params&, Constants constants) {
  return pack_float_blocks(constants);
}

// What its work is linear in: tiles (detail/float_terms.hpp), and how windows are gathered: pixels, their rows and what
// is copied of them, taps of rows that leave the image, and floats that are zeroed.
inline CostFeatures cost_features(Of<Conv2dF32>, const Conv2dF32::Params& p) {
  const int32_t pixels = p.batch * p.output_h * p.output_w;
  CostFeatures terms =
      tile_terms((pixels + 1) / 3, pixels % 3 == 1 ? 1 : 0, p.output_c, p.kernel_h * p.kernel_w * p.input_c,
                 p.half_weights, FloatRange::of(p.activation_min, p.activation_max));
  double rows = 0, copies = 0, taps = 0, zeroed = 0;
  for (int32_t y = 0; y < p.output_h; ++y) {
    double inside = 0;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      inside += row >= 0 && row < p.input_h ? 1 : 0;
    }
    for (int32_t x = 0; x < p.output_w; ++x) {
      const int32_t left = x * p.stride_w - p.pad_left;
      zeroed += (p.kernel_h - inside) * p.kernel_w * p.input_c;
      if (p.dilation_w == 1 && left >= 0 && left + p.kernel_w <= p.input_w) {
        rows += inside;
        copies += inside * copied(p.kernel_w * p.input_c);
        continue;
      }
      double columns = 0;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = left + kx * p.dilation_w;
        columns += column >= 0 && column < p.input_w ? 1 : 0;
      }
      taps += inside * p.kernel_w;
      copies += inside * columns * copied(p.input_c);
      zeroed += inside * (p.kernel_w - columns) * p.input_c;
    }
  }
  for (const double count : {1.0 * p.output_h * p.output_w * p.kernel_h, rows, copies, taps, zeroed}) {
    terms.push_back(p.batch * count);
  }
  return terms;
}

}  // namespace tmc::kernels::armv7em
