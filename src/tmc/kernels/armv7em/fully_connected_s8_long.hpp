// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// fully_connected_s8 for weights, sums and requantisations that it refuses, in the long form of
// detail/long_block_tile.hpp.

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/long_block_tile.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/armv7em/fully_connected_s8.hpp"

namespace tmc::kernels::armv7em {

struct FullyConnectedS8Long : ImplementationOf<kernels::FullyConnectedS8> {
  static constexpr int32_t kChannels = FullyConnectedS8::kChannels;

  static constexpr int64_t scratch_bytes(const Params& p) { return 16 * int64_t{parts(p)} * steps(p) + kChannels; }
  static constexpr Overlap overlap(const Params& p, int buffer) { return FullyConnectedS8::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    // Of one block adding up the inputs saves next to nothing beside fully_connected_s8_single, whose loop is short.
    const double adding = p.outputs > kChannels ? 7 : 12;
    return FullyConnectedS8::instructions(p) +
           p.batch * (20 + adding * parts(p) * steps(p) + (p.outputs + 3) / 4 * 10.0 * parts(p));
  }

  // The steps of eight inputs are filled up to whole parts; what stands in the lanes of the last ones meets weights of
  // zero.
  static constexpr int32_t parts(const Params& p) { return parts_of((p.inputs + 7) / 8, 8); }
  static constexpr int32_t steps(const Params& p) { return units_of_part((p.inputs + 7) / 8, 8); }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    const int32_t words = 4 * parts(p) * steps(p);
    auto* rest = reinterpret_cast<int8_t*>(lanes + words);
    const auto* channels = static_cast<const LongFormChannel*>(b.channels);
    const int32_t whole = p.outputs / kChannels * kChannels;
    for (int32_t row = 0; row < p.batch; ++row) {
      widen_steps(b.input + row * p.inputs, p.inputs, lanes);
      int8_t* output = b.output + row * p.outputs;
      const auto* weights = static_cast<const int32_t*>(b.weights);
      LongBlockTile tile{output,   p.output_zero_point,        channels, channels + whole, lanes, weights, steps(p),
                         parts(p), start_of_sums(lanes, words)};
      if (whole > 0) run_long_block_tile(&tile);
      if (whole < p.outputs) {
        tile.output = rest;
        tile.channels = channels + whole;
        tile.channels_end = tile.channels + kChannels;
        tile.weights = weights + whole / 2 * words;
        run_long_block_tile(&tile);
        for (int32_t i = whole; i < p.outputs; ++i) output[i] = rest[i - whole];
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.outputs, p.activation_min, p.activation_max);
    }
  }

 private:
  static int32_t start_of_sums(const int32_t* lanes, int32_t words) {
    int32_t sum = 0;
    for (const int32_t* end = lanes + words; lanes != end; lanes += 4) {
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i) sum = smlad(lanes[i], static_cast<int32_t>(0xFF80FF80), sum);
    }
    return sum;
  }
};

}  // namespace tmc::kernels::armv7em
