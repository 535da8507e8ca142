// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, three output pixels at a time: their windows are widened into scratch
// (detail/pixel_tiles.hpp), then every channel pair runs over them (detail/pair_tile.hpp).

#include "tmc/kernels/armv7em/detail/pair_tile.hpp"
#include "tmc/kernels/armv7em/detail/pixel_tiles.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8 {
  using Contract = kernels::Conv2dS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) { return p.groups == 1 && p.output_c % 2 == 0; }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return tile_lanes_bytes(p) + p.output_c / 2 * int64_t{sizeof(ChannelPair)} + tile_copies_bytes(p);
  }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kTilePixels); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    const double groups = window_groups(p);
    return 60 + 10 * p.output_c +
           tiles * (90 + 10.0 * p.kernel_h * (1 + row_tail(p)) + 12 * groups + p.output_c / 2 * (42 + 17.3 * groups));
  }

  static void run(Params p, Buffers b) { run_tiles<false>(p, b); }

  // Changes the parameters to equal ones. With kReordered, weights and channels are in an order of their own; for each,
  // a byte after the channels says which output channel it is. Tiles are then made at the end of scratch, in
  // reordered_bytes.
  static constexpr int64_t reordered_bytes(const Params& p) { return int64_t{kTilePixels} * p.output_c; }
  template <bool kReordered>
  static void run_tiles(Params& p, const Buffers& b) {
    flatten(p);
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
    auto* copies = reinterpret_cast<int8_t*>(lanes + 2 * kTilePixels * window_groups(p));
    int8_t* reordered = copies + tile_copies_bytes(p);
    for_each_tile(p, b.input, b.output, copies, lanes, [&](const Cursor(&cursors)[kTilePixels]) {
#pragma GCC unroll 3
      for (int32_t i = 0; i < kTilePixels; ++i) {
        tile.output[i] = kReordered ? reordered + i * p.output_c : cursors[i].output;
      }
      run_pair_tile(&tile);
      if (kReordered) restore_order(p, cursors, static_cast<const Channel*>(b.channels) + p.output_c, reordered);
    });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  static void restore_order(const Params& p, const Cursor (&cursors)[kTilePixels], const void* order,
                            const int8_t* tile) {
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
};

}  // namespace tmc::kernels::armv7em
