// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// fully_connected_s8 for weights that do not go into channel pairs and sums of more than 24 bits: parts of a row of
// inputs are widened into scratch in turn, and blocks of four output channels run over each (detail/single_rows.hpp).

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/armv7em/fully_connected_s8.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::kernels::armv7em {

struct FullyConnectedS8Single : ImplementationOf<kernels::FullyConnectedS8> {
  static constexpr int32_t kMostSteps = 32;  // of a part
  static constexpr int64_t scratch_bytes(const Params& p) {
    const int32_t steps = steps_of_eight(p.inputs);
    return 16 * int64_t{steps < kMostSteps ? steps : kMostSteps} + 16 * int64_t{blocks(p)};
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return FullyConnectedS8::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double steps = steps_of_eight(p.inputs);
    return 30 + p.batch * (60 + 14 * steps + parts(p) * 20.0 + blocks(p) * (75 + 30.0 * parts(p) + 38 * steps));
  }
  static constexpr int32_t blocks(const Params& p) { return (p.outputs + 3) / 4; }
  static constexpr int32_t parts(const Params& p) { return (steps_of_eight(p.inputs) + kMostSteps - 1) / kMostSteps; }

  static void run(Params p, Buffers b) {
    const auto* channels = static_cast<const WideChannel*>(b.channels);
    const int32_t steps = steps_of_eight(p.inputs);
    auto* sums = static_cast<int32_t*>(b.scratch);
    int32_t* lanes = sums + 4 * blocks(p);
    for (int32_t row = 0; row < p.batch; ++row) {
      begin_sums(channels, blocks(p), sums);
      for (int32_t first = 0; first < steps; first += kMostSteps) {
        const int32_t part = steps - first < kMostSteps ? steps - first : kMostSteps;
        const int32_t left = p.inputs - 8 * first;
        widen_steps(b.input + row * p.inputs + 8 * first, left < 8 * part ? left : 8 * part, lanes);
        add_single_rows(lanes, static_cast<const int32_t*>(b.weights) + 8 * first, part, steps, blocks(p), sums);
      }
      requantize_sums(sums, channels, p.outputs, p.output_zero_point, b.output + row * p.outputs);
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.outputs, p.activation_min, p.activation_max);
    }
  }
};

}  // namespace tmc::kernels::armv7em
