// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, three output pixels at a time: their windows are widened into scratch, then every channel
// pair runs over them (detail/pair_tile.hpp). Pixels are taken in order across rows and images, so that only the last
// tile is partial; its missing pixels repeat the last one.

#include "tmc/kernels/armv7em/detail/forward_slack.hpp"
#include "tmc/kernels/armv7em/detail/pair_tile.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8 {
  using Contract = kernels::Conv2dS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr int32_t kPixels = 3;

  static constexpr bool applies(const Params& p) { return p.groups == 1 && p.output_c % 2 == 0; }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{8} * kPixels * window_groups(p); }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kPixels); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kPixels;
    const double groups = window_groups(p);
    return tiles * (60 + 30.0 * p.kernel_h + 20 * groups + p.output_c / 2 * (54 + 17.3 * groups));
  }

  static void run(Params p, Buffers b) {
    const int32_t pixels = p.batch * p.output_h * p.output_w;
    auto* lanes = static_cast<int32_t*>(b.scratch);
    const auto* channels = static_cast<const Channel*>(b.channels);
    PairTile tile{{},
                  p.output_zero_point,
                  channels,
                  channels + p.output_c,
                  lanes,
                  static_cast<const int32_t*>(b.weights),
                  window_groups(p)};
    Position at{b.input, b.output, 0, 0};
    for (int32_t done = 0; done < pixels; done += kPixels) {
      for (int32_t i = 0; i < kPixels; ++i) {
        gather_window<kPixels>(p, at.image, at.y * p.stride_h - p.pad_top, at.x * p.stride_w - p.pad_left, lanes + i);
        tile.output[i] = at.output;
        if (done + i + 1 < pixels) at.advance(p);
      }
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
};

}  // namespace tmc::kernels::armv7em
