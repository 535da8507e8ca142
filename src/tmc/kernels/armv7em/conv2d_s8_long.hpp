// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for weights, sums and requantisations that it refuses: three output pixels at a time, in the long form of
// detail/long_tile.hpp.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/long_tile.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8Long : ImplementationOf<kernels::Conv2dS8> {
  static constexpr bool applies(const Params& p) { return Conv2dS8::applies(p); }
  static constexpr int64_t scratch_bytes(const Params& p) { return lanes_bytes(p) + tile_copies_bytes(p); }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kTilePixels); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    return Conv2dS8::instructions(p) + tiles * (40 + 9.0 * window_groups(p) + 11.0 * p.output_c);
  }

  // A window's groups of four inputs are filled up to whole parts; what stands in the lanes of the last ones meets
  // weights of zero.
  static constexpr int32_t parts(const Params& p) { return parts_of(window_groups(p), 4); }
  static constexpr int32_t groups(const Params& p) { return units_of_part(window_groups(p), 4); }

  static void run(Params p, Buffers b) {
    flatten(p);
    auto* lanes = static_cast<int32_t*>(b.scratch);
    auto* copies = static_cast<int8_t*>(b.scratch) + lanes_bytes(p);
    const auto* pairs = static_cast<const LongPair*>(b.channels);
    LongTile tile{{},        p.output_zero_point,
                  pairs,     pairs + p.output_c / 2,
                  lanes,     static_cast<const int32_t*>(b.weights),
                  groups(p), parts(p)};
    if (windows_are_pixels(p)) {
      for_each_pixel_tile({b.input, b.output, p.output_w, p.input_c, p.output_c}, lanes, &tile,
                          [&tile] { run_long_tile(&tile); });
    } else {
      for_each_tile(p, b.input, b.output, copies, lanes, [&tile](const Cursor(&cursors)[kTilePixels]) {
#pragma GCC unroll 3
        for (int32_t i = 0; i < kTilePixels; ++i) tile.output[i] = cursors[i].output;
        run_long_tile(&tile);
      });
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  static constexpr int64_t lanes_bytes(const Params& p) {
    return int64_t{8} * kTilePixels * parts(p) * groups(p);
  }
};

}  // namespace tmc::kernels::armv7em
