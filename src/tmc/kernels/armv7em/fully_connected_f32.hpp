// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of inputs three at a time by blocks of four channels (detail/float_tile.hpp), the last one or two alone. Rows
// that are no whole groups of four inputs are filled up in scratch.

#include "tmc/kernels/armv7em/detail/float_tile.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::kernels::armv7em {

struct FullyConnectedF32 : ImplementationOf<kernels::FullyConnectedF32> {
  static constexpr int64_t scratch_bytes(const Params& p) {
    return p.inputs % 4 == 0 ? 0 : int64_t{rows_at_once(p)} * row_floats(p) * int64_t{sizeof(float)};
  }
  static constexpr double instructions(const Params& p) {
    const double groups = float_groups(p.inputs);
    const double blocks = (p.outputs + 3) / 4;
    const double of_three = p.batch / 3;
    const double of_one = p.batch % 3;
    return 60 + of_three * (60 + blocks * (30 + groups * (p.half_weights ? 69 : 53))) +
           of_one * (60 + blocks * (22 + groups * (p.half_weights ? 34.5 : 18)));
  }

  static void run(Params p, Buffers b) {
    FloatTile tile{
        {}, b.weights, b.bias, nullptr, {}, float_groups(p.inputs), FloatRange::of(p.activation_min, p.activation_max)};
    auto* scratch = static_cast<float*>(b.scratch);
    for (int32_t row = 0; row < p.batch;) {
      const int32_t rows = p.batch - row >= 3 ? 3 : 1;
      for (int32_t i = 0; i < 3; ++i) {
        const int32_t from = row + (i < rows ? i : 0);
        tile.windows[i] = b.input + from * p.inputs;
        tile.outputs[i] = b.output + from * p.outputs;
        if (p.inputs % 4 == 0) continue;
        float* copy = scratch + (i < rows ? i : 0) * row_floats(p);
        copy_floats(copy, tile.windows[i], p.inputs);
        zero_floats(copy + p.inputs, row_floats(p) - p.inputs);
        tile.windows[i] = copy;
      }
      run_float_tile(tile, p.outputs, rows, p.half_weights);
      row += rows;
    }
  }

 private:
  static constexpr int32_t row_floats(const Params& p) { return 4 * float_groups(p.inputs); }
  static constexpr int32_t rows_at_once(const Params& p) { return p.batch >= 3 ? 3 : 1; }
};

}  // namespace tmc::kernels::armv7em
