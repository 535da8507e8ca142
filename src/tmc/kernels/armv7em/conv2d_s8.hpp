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
    return int64_t{8} * kPixels * window_groups(p) + p.output_c / 2 * int64_t{sizeof(ChannelPair)};
  }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kPixels); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kPixels;
    const double groups = window_groups(p);
    return 60 + 10 * p.output_c +
           tiles * (75 + 20.0 * p.kernel_h + 12 * groups + p.output_c / 2 * (42 + 17.3 * groups));
  }

  static void run(Params original, Buffers b) {
    const Params p = flattened(original);
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
    const int8_t* input_end = b.input + p.batch * p.input_h * p.input_w * p.input_c;
    Position at{b.input, b.output, 0, 0};
    for (int32_t done = 0; done < pixels; done += kPixels) {
      Position positions[kPixels];
      for (int32_t i = 0; i < kPixels; ++i) {
        positions[i] = at;
        tile.output[i] = at.output;
        if (done + i + 1 < pixels) at.advance(p);
      }
      gather(p, positions, input_end, lanes);
      run_pair_tile(&tile);
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, pixels * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  struct Position {
    const int8_t* image;
    int8_t* output;
    int32_t y, x;

    void advance(const Params& p) {
      output += p.output_c;
      if (++x < p.output_w) return;
      x = 0;
      if (++y < p.output_h) return;
      y = 0;
      image += p.input_h * p.input_w * p.input_c;
    }
  };

  // A pointwise convolution sees no rows: all pixels become one.
  static constexpr Params flattened(Params p) {
    const bool pointwise = p.kernel_h == 1 && p.kernel_w == 1 && p.stride_h == 1 && p.stride_w == 1;
    if (!pointwise || p.input_h != p.output_h || p.input_w != p.output_w || p.pad_top != 0 || p.pad_left != 0) return p;
    p.input_w = p.output_w = p.batch * p.output_h * p.output_w;
    p.input_h = p.output_h = p.batch = 1;
    return p;
  }

  // The windows of three pixels: all at once where they lie inside the input, a word beyond their rows included.
  static void gather(const Params& p, const Position* positions, const int8_t* input_end, int32_t* lanes) {
    const int8_t* rows[kPixels];
    bool inside = p.dilation_w == 1;
    for (int32_t i = 0; i < kPixels; ++i) {
      const int32_t y = positions[i].y * p.stride_h - p.pad_top;
      const int32_t x = positions[i].x * p.stride_w - p.pad_left;
      inside =
          inside && y >= 0 && y + (p.kernel_h - 1) * p.dilation_h < p.input_h && x >= 0 && x + p.kernel_w <= p.input_w;
      rows[i] = positions[i].image + (y * p.input_w + x) * p.input_c;
    }
    const int32_t row_step = p.dilation_h * p.input_w * p.input_c;
    inside = inside && input_end - rows[kPixels - 1] >= (p.kernel_h - 1) * row_step + 4 * row_groups(p);
    if (!inside) {
      for (int32_t i = 0; i < kPixels; ++i) {
        gather_window<kPixels>(p, positions[i].image, positions[i].y * p.stride_h - p.pad_top,
                               positions[i].x * p.stride_w - p.pad_left, lanes + i);
      }
      return;
    }
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      lanes = widen_three(rows, row_groups(p), lanes);
      for (const int8_t*& row : rows) row += row_step;
    }
  }
};

}  // namespace tmc::kernels::armv7em
