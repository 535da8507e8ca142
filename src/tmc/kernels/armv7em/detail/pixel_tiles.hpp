// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Walks over the output pixels of a convolution three at a time, in order across rows and images, and gathers their
// windows as lanes (detail/window.hpp). Only the last tile is partial; its missing pixels repeat the last one.

#include "tmc/kernels/armv7em/detail/window.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kTilePixels = 3;

// Of the lanes, and of what is copied of windows that are not whole.
constexpr int64_t tile_lanes_bytes(int32_t groups) {
  return int64_t{8} * kTilePixels * groups;
}
constexpr int64_t tile_copies_bytes(const Conv2dS8::Params& p) {
  return p.input_c % 4 == 0 ? 0 : int64_t{kTilePixels} * p.kernel_h * copied_row_bytes(p);
}

// A pointwise convolution sees no rows: all pixels become one.
template <typename Params>
constexpr void flatten(Params& p) {
  const bool pointwise = p.kernel_h == 1 && p.kernel_w == 1 && p.stride_h == 1 && p.stride_w == 1;
  if (!pointwise || p.input_h != p.output_h || p.input_w != p.output_w || p.pad_top != 0 || p.pad_left != 0) return;
  p.input_w = p.output_w = p.batch * p.output_h * p.output_w;
  p.input_h = p.output_h = p.batch = 1;
}

// An output pixel: where its window's first tap reads, and its output. The offset is from the input's first value, as
// if the input had no borders.
struct Cursor {
  int32_t offset, y, x;
  int8_t* output;

  void advance(const Conv2dS8::Params& p) {
    output += p.output_c;
    x += p.stride_w;
    offset += p.stride_w * p.input_c;
    if (x < p.output_w * p.stride_w - p.pad_left) return;
    x = -p.pad_left;
    y += p.stride_h;
    offset += (p.stride_h * p.input_w - p.output_w * p.stride_w) * p.input_c;
    if (y < p.output_h * p.stride_h - p.pad_top) return;
    y = -p.pad_top;
    offset += (p.input_h - p.output_h * p.stride_h) * p.input_w * p.input_c;
  }

  // Also what a row of the window reads beyond.
  bool inside(const Conv2dS8::Params& p) const {
    const int32_t last_y = p.input_h - (p.kernel_h - 1) * p.dilation_h - 1;
    const int32_t last_x = p.input_w - p.kernel_w - (row_overreads(p) ? 1 : 0);
    return y >= 0 && y <= last_y && x >= 0 && x <= last_x;
  }
};

constexpr bool windows_are_inside(const Conv2dS8::Params& p) {
  return p.pad_top == 0 && p.pad_left == 0 && !row_overreads(p) &&
         (p.output_h - 1) * p.stride_h + (p.kernel_h - 1) * p.dilation_h < p.input_h &&
         (p.output_w - 1) * p.stride_w + p.kernel_w <= p.input_w;
}

// The windows of three pixels: all at once, those that are not whole from a copy; but by lanes where channels allow it.
inline void gather_tile(const Conv2dS8::Params& p, const int8_t* input, const Cursor (&cursors)[kTilePixels],
                        int8_t* copies, int32_t* lanes) {
  const auto is_whole = [&p](const Cursor& at) { return p.dilation_w == 1 && (windows_are_inside(p) || at.inside(p)); };
  const auto image_of = [&p, input](const Cursor& at) {
    return input + (at.offset - (at.y * p.input_w + at.x) * p.input_c);
  };
  const bool all_whole = is_whole(cursors[0]) && is_whole(cursors[1]) && is_whole(cursors[2]);
  if (p.input_c % 4 == 0 && !all_whole) {
    for (const Cursor& at : cursors) gather_taps<kTilePixels>(p, image_of(at), at.y, at.x, lanes++);
    return;
  }
  Window windows[kTilePixels];
#pragma GCC unroll 3
  for (int32_t i = 0; i < kTilePixels; ++i) {
    const Cursor& at = cursors[i];
    windows[i] = {input + at.offset, p.dilation_h * p.input_w * p.input_c};
    if (p.input_c % 4 == 0 || is_whole(at)) continue;
    windows[i] = copy_taps(p, image_of(at), at.y, at.x, copies + i * p.kernel_h * copied_row_bytes(p));
  }
  gather_three(p, windows, lanes);
}

// Calls run_tile(cursors) for every tile, with the windows of its pixels in `lanes`. `p` is flattened where it can be.
template <auto kGather = gather_tile, typename RunTile>
inline void for_each_tile(const Conv2dS8::Params& p, const int8_t* input, int8_t* output, int8_t* copies,
                          int32_t* lanes, const RunTile& run_tile) {
  Cursor at{-(p.pad_top * p.input_w + p.pad_left) * p.input_c, -p.pad_top, -p.pad_left, output};
  for (int32_t left = p.batch * p.output_h * p.output_w; left > 0; left -= kTilePixels) {
    Cursor cursors[kTilePixels];
#pragma GCC unroll 3
    for (int32_t i = 0; i < kTilePixels; ++i) {
      cursors[i] = at;
      if (left > i + 1) at.advance(p);
    }
    kGather(p, input, cursors, copies, lanes);
    run_tile(cursors);
  }
}

// Whether the windows of flattened parameters are single pixels, one after the other. Of three channels in a group of
// four the last pixel's fourth would be read beyond it.
constexpr bool windows_are_pixels(const Conv2dS8::Params& p) {
  return p.kernel_h * p.kernel_w == 1 && p.stride_w == 1 && p.batch * p.output_h == 1 && windows_are_inside(p);
}

// The values of three pixels after their whole groups, one or two each.
inline void put_tails(const PixelTile& pixels, int32_t tail) {
  const int32_t offset = 4 * pixels.groups;
  auto* to = reinterpret_cast<char*>(pixels.lanes + 6 * pixels.groups);
  put_lane(pixels.first[offset], to);
  put_lane(pixels.second[offset], to + 4);
  put_lane(pixels.third[offset], to + 8);
  if (tail == 1) return;
  put_lane(pixels.first[offset + 1], to + 2);
  put_lane(pixels.second[offset + 1], to + 6);
  put_lane(pixels.third[offset + 1], to + 10);
}

struct PixelRow {
  const int8_t* input;
  int8_t* output;
  int32_t pixels, input_c;
  int32_t output_step;  // from one pixel's outputs to the next one's
};

// The same as for_each_tile of such windows, which takes less: no rows, and no borders. Calls run_tile() with the
// outputs in tile->output.
template <typename Tile, typename RunTile>
inline void for_each_pixel_tile(const PixelRow& row, int32_t* lanes, Tile* tile, const RunTile& run_tile) {
  const int8_t* input = row.input;
  int8_t* output = row.output;
  PixelTile windows{nullptr, row.input_c / 4, lanes, nullptr, nullptr};
  for (int32_t left = row.pixels; left > 0; left -= kTilePixels) {
    windows.first = input;
    tile->output[0] = output;
    if (left > 1) {
      input += row.input_c;
      output += row.output_step;
    }
    windows.second = input;
    tile->output[1] = output;
    if (left > 2) {
      input += row.input_c;
      output += row.output_step;
    }
    windows.third = input;
    tile->output[2] = output;
    input += row.input_c;
    output += row.output_step;
    if (row.input_c >= 4) widen_pixels(&windows);
    if (row.input_c % 4 > 0) put_tails(windows, row.input_c % 4);
    run_tile();
  }
}

}  // namespace tmc::kernels::armv7em
