// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How far the output of a convolution may run into its input when pixels are made in order, `tile` at a time, and the
// windows of a tile are read before any of its outputs is written: after every tile, what is written must end before
// what a later tile still reads.

#include "tmc/kernels/contract/conv2d_s8.hpp"

namespace tmc::kernels {

constexpr int64_t first_byte_read(const Conv2dS8::Params& p, int64_t pixel) {
  const auto at_least_zero = [](int64_t value) { return value < 0 ? 0 : value; };
  const int64_t x = pixel % p.output_w;
  const int64_t y = pixel / p.output_w % p.output_h;
  const int64_t image = pixel / p.output_w / p.output_h;
  const int64_t row = at_least_zero(y * p.stride_h - p.pad_top);
  // Lower rows of the window may start further left than the first tap only where that tap is in the padding.
  const int64_t column = at_least_zero(x * p.stride_w - p.pad_left);
  return ((image * p.input_h + row) * p.input_w + column) * p.input_c;
}

constexpr Overlap forward_overlap(const Conv2dS8::Params& p, int32_t tile) {
  const int64_t pixels = int64_t{p.batch} * p.output_h * p.output_w;
  int64_t unread = int64_t{p.batch} * p.input_h * p.input_w * p.input_c;
  int64_t slack = unread;
  for (int64_t begin = (pixels - 1) / tile * tile; begin > 0; begin -= tile) {
    for (int64_t pixel = begin; pixel < begin + tile && pixel < pixels; ++pixel) {
      const int64_t first = first_byte_read(p, pixel);
      unread = first < unread ? first : unread;
    }
    const int64_t room = unread - begin * p.output_c;
    slack = room < slack ? room : slack;
  }
  return {Overlap::Kind::kForward, static_cast<int32_t>(slack)};
}

}  // namespace tmc::kernels
