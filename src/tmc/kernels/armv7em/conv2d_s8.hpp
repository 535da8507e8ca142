// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, three output pixels at a time: their windows are widened into scratch, then every channel
// pair runs over them (detail/pair_tile.hpp). Pixels are taken in order across rows and images, so that only the last
// tile is partial; its missing pixels repeat the last one.

#include "tmc/kernels/armv7em/detail/pair_tile.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8 {
  using Contract = kernels::Conv2dS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr int32_t kPixels = 3;

  static constexpr bool applies(const Params& p) { return p.groups == 1 && p.output_c % 2 == 0; }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return int64_t{8} * kPixels * window_groups(p) + p.output_c / 2 * int64_t{sizeof(ChannelPair)} + copies_bytes(p);
  }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kPixels); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kPixels;
    const double groups = window_groups(p);
    return 60 + 10 * p.output_c +
           tiles * (90 + 10.0 * p.kernel_h * (1 + row_tail(p)) + 12 * groups + p.output_c / 2 * (42 + 17.3 * groups));
  }

  static void run(Params p, Buffers b) { run_tiles<false>(p, b); }

  // Changes the parameters to equal ones. With kReordered, weights and channels are in an order of their own; for each,
  // a byte after the channels says which output channel it is. Tiles are then made at the end of scratch, in
  // reordered_bytes.
  static constexpr int64_t reordered_bytes(const Params& p) { return int64_t{kPixels} * p.output_c; }
  template <bool kReordered>
  static void run_tiles(Params& p, const Buffers& b) {
    flatten(p);
    const int32_t pixels = p.batch * p.output_h * p.output_w;
    auto* pairs = static_cast<ChannelPair*>(b.scratch);
    auto* lanes = reinterpret_cast<int32_t*>(pairs + p.output_c / 2);
    unpack_pairs(static_cast<const Channel*>(b.channels), p.output_c, pairs);
    PairTile tile{{},
                  p.output_zero_point,
                  pairs,
                  pairs + p.output_c / 2,
                  lanes,
                  static_cast<const int32_t*>(b.weights),
                  window_groups(p)};
    auto* copies = reinterpret_cast<int8_t*>(lanes + 2 * kPixels * window_groups(p));
    Cursor at{-(p.pad_top * p.input_w + p.pad_left) * p.input_c, -p.pad_top, -p.pad_left, b.output};
    int8_t* reordered = copies + copies_bytes(p);
    for (int32_t left = pixels; left > 0; left -= kPixels) {
      Cursor cursors[kPixels];
#pragma GCC unroll 3
      for (int32_t i = 0; i < kPixels; ++i) {
        cursors[i] = at;
        tile.output[i] = kReordered ? reordered + i * p.output_c : at.output;
        if (left > i + 1) at.advance(p);
      }
      gather(p, b.input, cursors, copies, lanes);
      run_pair_tile(&tile);
      if (kReordered) restore_order(p, cursors, static_cast<const Channel*>(b.channels) + p.output_c, reordered);
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, pixels * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  // An output pixel: where its window's first tap reads, and its output. The offset is from the input's first value,
  // as if the input had no borders.
  struct Cursor {
    int32_t offset, y, x;
    int8_t* output;

    void advance(const Params& p) {
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
    bool inside(const Params& p) const {
      const int32_t last_y = p.input_h - (p.kernel_h - 1) * p.dilation_h - 1;
      const int32_t last_x = p.input_w - p.kernel_w - (row_overreads(p) ? 1 : 0);
      return y >= 0 && y <= last_y && x >= 0 && x <= last_x;
    }
  };

  // A pointwise convolution sees no rows: all pixels become one.
  static constexpr void flatten(Params& p) {
    const bool pointwise = p.kernel_h == 1 && p.kernel_w == 1 && p.stride_h == 1 && p.stride_w == 1;
    if (!pointwise || p.input_h != p.output_h || p.input_w != p.output_w || p.pad_top != 0 || p.pad_left != 0) return;
    p.input_w = p.output_w = p.batch * p.output_h * p.output_w;
    p.input_h = p.output_h = p.batch = 1;
  }

  static constexpr int64_t copies_bytes(const Params& p) {
    return p.input_c % 4 == 0 ? 0 : int64_t{kPixels} * p.kernel_h * copied_row_bytes(p);
  }

  static void restore_order(const Params& p, const Cursor (&cursors)[kPixels], const void* order, const int8_t* tile) {
    int8_t* const first = cursors[0].output;
    int8_t* const second = cursors[1].output;
    int8_t* const third = cursors[2].output;
    const auto* channel = static_cast<const uint8_t*>(order);
    for (const uint8_t* end = channel + p.output_c; channel != end; ++channel, ++tile) {
      first[*channel] = tile[0];
      second[*channel] = tile[p.output_c];
      third[*channel] = tile[2 * p.output_c];
    }
  }

  static constexpr bool always_inside(const Params& p) {
    return p.pad_top == 0 && p.pad_left == 0 && !row_overreads(p) &&
           (p.output_h - 1) * p.stride_h + (p.kernel_h - 1) * p.dilation_h < p.input_h &&
           (p.output_w - 1) * p.stride_w + p.kernel_w <= p.input_w;
  }

  // The windows of three pixels: all at once, those that are not whole from a copy; but by lanes where channels allow
  // it.
  static void gather(const Params& p, const int8_t* input, const Cursor (&cursors)[kPixels], int8_t* copies,
                     int32_t* lanes) {
    const auto is_whole = [&p](const Cursor& at) { return p.dilation_w == 1 && (always_inside(p) || at.inside(p)); };
    const auto image_of = [&p, input](const Cursor& at) {
      return input + (at.offset - (at.y * p.input_w + at.x) * p.input_c);
    };
    const bool all_whole = is_whole(cursors[0]) && is_whole(cursors[1]) && is_whole(cursors[2]);
    if (p.input_c % 4 == 0 && !all_whole) {
      for (const Cursor& at : cursors) gather_taps<kPixels>(p, image_of(at), at.y, at.x, lanes++);
      return;
    }
    Window windows[kPixels];
#pragma GCC unroll 3
    for (int32_t i = 0; i < kPixels; ++i) {
      const Cursor& at = cursors[i];
      windows[i] = {input + at.offset, p.dilation_h * p.input_w * p.input_c};
      if (p.input_c % 4 == 0 || is_whole(at)) continue;
      windows[i] = copy_taps(p, image_of(at), at.y, at.x, copies + i * p.kernel_h * copied_row_bytes(p));
    }
    gather_three(p, windows, lanes);
  }
};

}  // namespace tmc::kernels::armv7em
