// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A row of inputs is widened into scratch, then blocks of four outputs run over it (detail/single_rows.hpp). What a
// last block has too much is made in scratch and dropped. For weights that dense_sums_s8_groups.hpp cannot pair.

#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"

namespace tmc::kernels::armv7em {

struct DenseSumsS8 : ImplementationOf<kernels::DenseSumsS8> {
  static constexpr int32_t kBlock = 4;

  static constexpr int64_t scratch_bytes(const Params& p) {
    return 16 * int64_t{steps_of_eight(p.inputs)} + kBlock * int64_t{sizeof(int32_t)};
  }
  static constexpr double instructions(const Params& p) {
    const double steps = steps_of_eight(p.inputs);
    return 30 + p.batch * (40 + 14 * steps + (p.outputs + 3) / 4 * (50 + 38 * steps));
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    const int32_t steps = steps_of_eight(p.inputs);
    int32_t* rest = lanes + 4 * steps;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    const auto* bias = static_cast<const int32_t*>(b.bias);
    const int32_t whole = p.outputs / kBlock * kBlock;
    int32_t* output = b.output;
    for (int32_t row = 0; row < p.batch; ++row, output += p.outputs) {
      widen_steps(b.input + row * p.inputs, p.inputs, lanes);
      for (int32_t i = 0; i < whole; ++i) output[i] = bias[i];
      add_single_rows(lanes, weights, steps, steps, whole / kBlock, output);
      if (whole == p.outputs) continue;
      for (int32_t i = 0; i < kBlock; ++i) rest[i] = bias[whole + i];
      add_single_rows(lanes, weights + whole * 2 * steps, steps, steps, 1, rest);
      for (int32_t i = whole; i < p.outputs; ++i) output[i] = rest[i - whole];
    }
  }
};

}  // namespace tmc::kernels::armv7em
