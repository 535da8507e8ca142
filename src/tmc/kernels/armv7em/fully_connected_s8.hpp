// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A row of inputs is widened into scratch, then blocks of four output channels run over it (detail/block_tile.hpp). The
// last block's missing channels are made in scratch and dropped.

#include "tmc/kernels/armv7em/detail/block_tile.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::kernels::armv7em {

struct FullyConnectedS8 : ImplementationOf<kernels::FullyConnectedS8> {
  static constexpr int32_t kChannels = 4;

  static constexpr int64_t scratch_bytes(const Params& p) { return 16 * int64_t{steps_of_eight(p)} + kChannels; }
  // A row is read as a whole before its outputs are written.
  static constexpr Overlap overlap(const Params& p, int) {
    const int64_t room = int64_t{p.inputs} - p.outputs;
    const int64_t last = p.batch - 1;
    const int64_t slack = p.batch == 1 ? int64_t{p.inputs} : room < 0 ? last * room : room;
    return {Overlap::Kind::kForward, static_cast<int32_t>(slack)};
  }
  static constexpr double instructions(const Params& p) {
    const double steps = steps_of_eight(p);
    return 30 + p.batch * (70 + 14 * steps + (p.outputs + 3) / 4 * (48 + 27.75 * steps));
  }

  static void run(Params p, Buffers b) {
    run_rows(p, b, [](const BlockTile& tile) { run_block_tile(&tile); });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.outputs, p.activation_min, p.activation_max);
    }
  }

 protected:
  template <typename RunTile>
  static void run_rows(const Params& p, const Buffers& b, const RunTile& run_tile) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    auto* rest = reinterpret_cast<int8_t*>(lanes + 4 * steps_of_eight(p));
    const auto* channels = static_cast<const Channel*>(b.channels);
    const int32_t whole = p.outputs / kChannels * kChannels;
    const int32_t steps = steps_of_eight(p);
    for (int32_t row = 0; row < p.batch; ++row) {
      widen_steps(b.input + row * p.inputs, p.inputs, lanes);
      int8_t* output = b.output + row * p.outputs;
      const auto* weights = static_cast<const int32_t*>(b.weights);
      BlockTile tile{output, p.output_zero_point, channels, channels + whole, lanes, weights, steps};
      if (whole > 0) run_tile(tile);
      if (whole < p.outputs) {
        tile.output = rest;
        tile.channels = channels + whole;
        tile.channels_end = tile.channels + kChannels;
        tile.weights = weights + whole * 2 * steps;
        run_tile(tile);
        for (int32_t i = whole; i < p.outputs; ++i) output[i] = rest[i - whole];
      }
    }
  }

 private:
  static constexpr int32_t steps_of_eight(const Params& p) { return (p.inputs + 7) / 8; }
};

}  // namespace tmc::kernels::armv7em
