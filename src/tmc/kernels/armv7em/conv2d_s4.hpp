// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution with four-bit weights, three output pixels at a time: their windows are widened into scratch
// (detail/pixel_tiles.hpp), then every channel pair runs over them (detail/nibble_tile.hpp).

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/nibble_tile.hpp"
#include "tmc/kernels/armv7em/detail/pixel_tiles.hpp"
#include "tmc/kernels/contract/conv2d_s4.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Of channels in the short form (detail/pair_tile.hpp) or in the long one (detail/long_tile.hpp).
template <typename Pair>
struct Conv2dS4Of : ImplementationOf<kernels::Conv2dS4> {
  // Rows of a window are whole words then, so that its lanes are in the order of the weights.
  static constexpr bool applies(const Params& p) {
    return p.output_c % 2 == 0 && p.kernel_w * p.input_c % 4 == 0 && groups_are_words(p);
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    const Conv2dS8::Params same = Contract::in_bytes(p);
    return tile_lanes_bytes(window_groups(same)) + p.output_c / 2 * unpacked_bytes<Pair>() + tile_copies_bytes(same);
  }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kTilePixels); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    const double words = Contract::inputs(p) / 4;
    return 60 + 10 * p.output_c +
           tiles *
               (90 + 10.0 * p.kernel_h + 12 * words + p.output_c / 2 * (50 + 25 * Contract::groups(p) + 21 * words));
  }

  static void run(Params p, Buffers b) {
    flatten(p);
    const Conv2dS8::Params same = Contract::in_bytes(p);
    const Pair* pairs = ready_pairs<Pair>(b.channels, p.output_c, b.scratch);
    auto* lanes = static_cast<int32_t*>(b.scratch) + p.output_c / 2 * unpacked_bytes<Pair>() / 4;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    NibbleTile<kTilePixels, Pair> tile{{},     p.output_zero_point,       pairs,         pairs + p.output_c / 2,
                                       lanes,  multipliers(p, b.weights), pair_bytes(p), group_bytes(p),
                                       weights};
    auto* copies = reinterpret_cast<int8_t*>(lanes) + tile_lanes_bytes(window_groups(same));
    for_each_tile(same, b.input, b.output, copies, lanes, [&tile](const Cursor(&cursors)[kTilePixels]) {
#pragma GCC unroll 3
      for (int32_t i = 0; i < kTilePixels; ++i) tile.output[i] = cursors[i].output;
      run_nibble_tile(&tile);
    });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

  // Groups begin with a word of four inputs.
  static constexpr bool groups_are_words(const Params& p) {
    return p.group_inputs % 4 == 0 || p.group_inputs >= Contract::inputs(p);
  }
  static constexpr int32_t group_bytes(const Params& p) {
    return 4 * groups_of_four(p.group_inputs);
  }
  // Of the weights of a pair; the multipliers lie after those of all.
  static constexpr int32_t pair_bytes(const Params& p) {
    return 4 * groups_of_four(Contract::inputs(p));
  }
  static constexpr const uint8_t* multipliers(const Params& p, const void* weights) {
    return static_cast<const uint8_t*>(weights) + (p.output_c + 1) / 2 * pair_bytes(p);
  }
};

struct Conv2dS4 : Conv2dS4Of<ChannelPair> {};

// conv2d_s4 for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct Conv2dS4Long : Conv2dS4Of<LongPair> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS4Of::instructions(p) +
           p.batch * p.output_h * p.output_w * (10.0 * p.output_c + 0.3 * p.output_c * Contract::inputs(p));
  }
};

}  // namespace tmc::kernels::armv7em
