// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How far the output of a convolution may run into its input when pixels are made in order, `tile` at a time: after
// every tile, what is written must end before what is still read. `Params` are those of a convolution.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Which element is the first that the window of an output pixel reads.
template <typename Params>
constexpr int64_t first_element_read(const Params& p, int64_t pixel) {
  const auto at_least_zero = [](int64_t value) { return value < 0 ? 0 : value; };
  const int64_t x = pixel % p.output_w;
  const int64_t y = pixel / p.output_w % p.output_h;
  const int64_t image = pixel / p.output_w / p.output_h;
  const int64_t row = at_least_zero(y * p.stride_h - p.pad_top);
  // Lower rows of the window may start further left than the first tap only where that tap is in the padding.
  const int64_t column = at_least_zero(x * p.stride_w - p.pad_left);
  return ((image * p.input_h + row) * p.input_w + column) * p.input_c;
}

// When a tile reads its windows: before any of its outputs is written, or while they are. In the latter case a tile may
// begin at any pixel.
enum class TileReads { kBefore, kThroughout };

struct ElementBytes {
  int64_t input, output;
};

template <typename Params>
constexpr Overlap forward_overlap(const Params& p, int32_t tile, ElementBytes bytes = {1, 1},
                                  TileReads reads = TileReads::kBefore) {
  const int64_t pixels = int64_t{p.batch} * p.output_h * p.output_w;
  int64_t unread = int64_t{p.batch} * p.input_h * p.input_w * p.input_c;
  int64_t slack = unread * bytes.input;
  const int64_t step = reads == TileReads::kThroughout ? 1 : tile;
  for (int64_t begin = (pixels - 1) / step * step; begin >= 0; begin -= step) {
    const int64_t end = begin + tile < pixels ? begin + tile : pixels;
    for (int64_t pixel = begin; pixel < end; ++pixel) {
      const int64_t first = first_element_read(p, pixel);
      unread = first < unread ? first : unread;
    }
    const int64_t written = reads == TileReads::kThroughout ? end : begin;
    if (written == 0) break;
    const int64_t room = unread * bytes.input - written * p.output_c * bytes.output;
    slack = room < slack ? room : slack;
  }
  return {Overlap::Kind::kForward, static_cast<int32_t>(slack)};
}

}  // namespace tmc::kernels
