// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/kernels/contract/fully_connected_s8.hpp"
#include "tmc/kernels/portable/detail/channel.hpp"

namespace tmc::kernels::portable {

struct FullyConnectedS8 {
  using Contract = kernels::FullyConnectedS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 8.0 * p.batch * p.inputs * p.outputs; }

  static void run(Params p, Buffers b) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* channels = static_cast<const Channel*>(b.channels);
    for (int32_t row = 0; row < p.batch; ++row) {
      const int8_t* input = b.input + row * p.inputs;
      for (int32_t o = 0; o < p.outputs; ++o) {
        int32_t sum = channels[o].bias;
        for (int32_t i = 0; i < p.inputs; ++i) sum += (input[i] - p.input_zero_point) * weights[o * p.inputs + i];
        b.output[row * p.outputs + o] =
            requantize(sum, channels[o], p.output_zero_point, p.activation_min, p.activation_max);
      }
    }
  }
};

}  // namespace tmc::kernels::portable
