// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As dense_sums_s8.hpp, with weights that are 16-bit lanes in flash already: twice the bytes, six tenths of the
// instructions (detail/lane_rows.hpp).

#include "tmc/kernels/armv7em/detail/lane_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"

namespace tmc::kernels::armv7em {

struct DenseSumsS8Lanes : ImplementationOf<kernels::DenseSumsS8> {
  static constexpr bool kHasTables = true;

  static constexpr int64_t scratch_bytes(const Params& p) {
    return 8 * int64_t{groups_of_four(p.inputs)} + kLaneBlock * int64_t{sizeof(int32_t)};
  }
  static constexpr double instructions(const Params& p) {
    const double groups = groups_of_four(p.inputs);
    return 20 + p.batch * (60 + 7 * groups + (p.outputs + 3) / 4 * (11 + 11 * groups));
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    const int32_t groups = groups_of_four(p.inputs);
    int32_t* rest = lanes + 2 * groups;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    const auto* bias = static_cast<const int32_t*>(b.bias);
    const int32_t whole = p.outputs / kLaneBlock * kLaneBlock;
    int32_t* output = b.output;
    for (int32_t row = 0; row < p.batch; ++row, output += p.outputs) {
      widen_values<1>(b.input + row * p.inputs, p.inputs, lanes);
      if (whole > 0) {
        const LaneRows rows{lanes, weights, bias, output, output + whole, groups};
        run_lane_rows(&rows);
      }
      if (whole == p.outputs) continue;
      const LaneRows rows{lanes, weights + whole * 2 * groups, bias + whole, rest, rest + kLaneBlock, groups};
      run_lane_rows(&rows);
      for (int32_t i = whole; i < p.outputs; ++i) output[i] = rest[i - whole];
    }
  }
};

}  // namespace tmc::kernels::armv7em
