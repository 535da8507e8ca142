// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gathers the input window of one output pixel as one row: kernel_h * kernel_w taps of input_c values. Taps outside the
// input are filled with its zero point.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/helium/detail/intrinsics.hpp"

namespace tmc::kernels::helium {

constexpr int32_t window_values(const Conv2dS8::Params& p) {
  return p.kernel_h * p.kernel_w * p.input_c;
}

inline void fill(int8_t* to, int8_t value, int32_t count) {
  const S8x16 values = vdup_s8(value);
  for (; count >= 16; count -= 16, to += 16) vstrb_s8(to, values);
  if (count > 0) vstrb_s8_tail(to, values, count);
}

inline void copy(int8_t* to, const int8_t* from, int32_t count) {
  for (; count >= 16; count -= 16, to += 16, from += 16) vstrb_s8(to, vldrb_s8(from));
  if (count > 0) vstrb_s8_tail(to, vldrb_s8_tail(from, count), count);
}

// The window whose first tap reads row y and column x of `image`, either of which may be outside.
inline void gather_window(const Conv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x, int8_t* window) {
  const auto zero_point = static_cast<int8_t>(p.input_zero_point);
  const bool whole_row = p.dilation_w == 1 && x >= 0 && x + p.kernel_w <= p.input_w;
  const int32_t row_values = p.kernel_w * p.input_c;
  for (int32_t ky = 0; ky < p.kernel_h; ++ky, y += p.dilation_h, window += row_values) {
    const int8_t* row = image + y * p.input_w * p.input_c;
    if (y < 0 || y >= p.input_h) {
      fill(window, zero_point, row_values);
    } else if (whole_row) {
      copy(window, row + x * p.input_c, row_values);
    } else {
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = x + kx * p.dilation_w;
        int8_t* tap = window + kx * p.input_c;
        if (column < 0 || column >= p.input_w) {
          fill(tap, zero_point, p.input_c);
        } else {
          copy(tap, row + column * p.input_c, p.input_c);
        }
      }
    }
  }
}

}  // namespace tmc::kernels::helium
