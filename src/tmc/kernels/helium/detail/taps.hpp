// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where each tap of a depthwise window reads, pixel by pixel. Taps outside the input read a row of zero points.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/helium/detail/window.hpp"

namespace tmc::kernels::helium {

// The row of zero points, input_c bytes at `place`.
inline const int8_t* tap_outside(const DepthwiseConv2dS8::Params& p, void* place) {
  auto* outside = static_cast<int8_t*>(place);
  fill(outside, static_cast<int8_t>(p.input_zero_point), p.input_c);
  return outside;
}

inline void move_taps_right(const DepthwiseConv2dS8::Params& p, const int8_t** taps) {
  for (int32_t tap = 0; tap < p.kernel_h * p.kernel_w; ++tap) taps[tap] += p.stride_w * p.input_c;
}

inline void find_taps(const DepthwiseConv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x,
                      const int8_t* outside, const int8_t** taps) {
  for (int32_t ky = 0; ky < p.kernel_h; ++ky, y += p.dilation_h) {
    const bool row_inside = y >= 0 && y < p.input_h;
    for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
      const int32_t column = x + kx * p.dilation_w;
      const bool inside = row_inside && column >= 0 && column < p.input_w;
      *taps++ = inside ? image + (y * p.input_w + column) * p.input_c : outside;
    }
  }
}

// `run_pixel(output)` with `taps` set, for every pixel of the output in order.
template <typename RunPixel>
inline void for_each_pixel(const DepthwiseConv2dS8::Params& p, const DepthwiseConv2dS8::Buffers& b, const int8_t** taps,
                           const int8_t* outside, RunPixel run_pixel) {
  int8_t* output = b.output;
  for (int32_t image = 0; image < p.batch; ++image) {
    const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
    for (int32_t y = 0; y < p.output_h; ++y) {
      const int32_t row = y * p.stride_h - p.pad_top;
      const bool rows_inside = row >= 0 && row + (p.kernel_h - 1) * p.dilation_h < p.input_h;
      for (int32_t x = 0; x < p.output_w; ++x, output += p.output_c) {
        const int32_t column = x * p.stride_w - p.pad_left;
        // Where this window is all in the input, and the one before it was.
        if (rows_inside && column >= p.stride_w && column + (p.kernel_w - 1) * p.dilation_w < p.input_w) {
          move_taps_right(p, taps);
        } else {
          find_taps(p, input, row, column, outside, taps);
        }
        run_pixel(output);
      }
    }
  }
}

}  // namespace tmc::kernels::helium
