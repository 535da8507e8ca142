// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, three output pixels at a time: their windows are widened into scratch
// (detail/pixel_tiles.hpp), then every channel pair runs over them (detail/pair_tile.hpp), a block of channels after
// the other (detail/pair_blocks.hpp).

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/pair_blocks.hpp"
#include "tmc/kernels/armv7em/detail/pixel_tiles.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Of channels that round twice or once (Channel), or all once (OnceChannel). With kLanes the weights are unpacked into
// scratch first, where there are few.
template <typename AnyChannel, bool kLanes>
struct Conv2dS8Of : ImplementationOf<kernels::Conv2dS8> {
  using Blocks = PairBlocks<AnyChannel, kLanes>;

  static constexpr bool applies(const Params& p) {
    return p.groups == 1 && p.output_c % 2 == 0 && (!kLanes || has_few_weights(p));
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return Blocks::scratch_bytes(p.output_c, window_groups(p)) + tile_copies_bytes(p);
  }
  static constexpr Overlap overlap(const Params& p, int) {
    return p.output_c <= kBlockChannels ? forward_overlap(p, kTilePixels) : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    const double groups = window_groups(p);
    const double blocks = (p.output_c + kBlockChannels - 1) / kBlockChannels;
    const double gather = blocks * (90 + 10.0 * p.kernel_h * (1 + row_tail(p)) + 12 * groups);
    const double pair =
        (sizeof(typename Blocks::Pair) == sizeof(ChannelPair) ? 42 : 36) + (kLanes ? 16.3 : 17.3) * groups;
    return 60 + 10 * p.output_c + (kLanes ? 5.0 * p.output_c * groups : 0) + tiles * (gather + p.output_c / 2 * pair);
  }

  static void run(Params p, Buffers b) {
    run_tiles<false>(p, b, [](const auto& tile) { run_pair_tile<kLanes>(&tile); });
    clamp_outputs(p, b);
  }

  // Changes the parameters to equal ones. run_tile(tile) makes the outputs of one. With kReordered, weights and
  // channels are in an order of their own; for each, a byte after the channels says which output channel it is. Tiles
  // are then made at the end of scratch, in reordered_bytes.
  static constexpr int64_t reordered_bytes(const Params& p) { return int64_t{kTilePixels} * p.output_c; }
  template <bool kReordered, typename RunTile>
  static void run_tiles(Params& p, const Buffers& b, const RunTile& run_tile) {
    flatten(p);
    const Blocks blocks = blocks_of(p, b);
    auto* copies = static_cast<int8_t*>(b.scratch) + Blocks::scratch_bytes(blocks.count, blocks.groups);
    int8_t* reordered = copies + tile_copies_bytes(p);
    blocks.for_each([&](auto& tile, int32_t first) {
      for_each_tile(p, b.input, b.output, copies, blocks.lanes(), [&](const Cursor(&cursors)[kTilePixels]) {
#pragma GCC unroll 3
        for (int32_t i = 0; i < kTilePixels; ++i) {
          tile.output[i] = kReordered ? reordered + i * p.output_c : cursors[i].output + first;
        }
        run_tile(tile);
        if (kReordered) restore_order(p, cursors, blocks.channels + p.output_c, reordered);
      });
    });
  }

  static void clamp_outputs(const Params& p, const Buffers& b) {
    if (p.activation_min <= -128 && p.activation_max >= 127) return;
    clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
  }

 protected:
  static Blocks blocks_of(const Params& p, const Buffers& b) {
    return {static_cast<const AnyChannel*>(b.channels),
            static_cast<const int32_t*>(b.weights),
            p.output_c,
            window_groups(p),
            p.output_zero_point,
            b.scratch};
  }

 private:
  // The layers of a network with few weights have many pixels, and activations beside which this is little.
  static constexpr int64_t kMostWeightLanesBytes = 16384;
  static constexpr bool has_few_weights(const Params& p) {
    return Blocks::weight_lanes_bytes(p.output_c, window_groups(p)) <= kMostWeightLanesBytes;
  }

  static void restore_order(const Params& p, const Cursor (&cursors)[kTilePixels], const void* order,
                            const int8_t* tile) {
    int8_t* const first = cursors[0].output;
    int8_t* const second = cursors[1].output;
    int8_t* const third = cursors[2].output;
    const auto* channel = static_cast<const uint8_t*>(order);
    for (const uint8_t* end = channel + p.output_c; channel != end; ++channel, ++tile) {
      const int32_t place = *channel;
      first[place] = tile[0];
      second[place] = tile[p.output_c];
      third[place] = tile[2 * p.output_c];
    }
  }
};

struct Conv2dS8 : Conv2dS8Of<Channel, false> {};

// conv2d_s8 for layers all of whose channels round once.
struct Conv2dS8Once : Conv2dS8Of<OnceChannel, false> {};

// conv2d_s8 for layers of few weights, which are unpacked to lanes first.
struct Conv2dS8Lanes : Conv2dS8Of<Channel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8";
};

// conv2d_s8_once for layers of few weights, which are unpacked to lanes first.
struct Conv2dS8OnceLanes : Conv2dS8Of<OnceChannel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_once";
};

}  // namespace tmc::kernels::armv7em
