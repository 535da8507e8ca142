// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As dense_sums_s8.hpp, by groups of four inputs (detail/dense_rows.hpp): weights in pairs of outputs, which take no
// more flash and two thirds of the instructions, of values that fit; or as 16-bit lanes, which take twice the flash and
// six tenths, of any.

#include "tmc/kernels/armv7em/detail/dense_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"

namespace tmc::kernels::armv7em {

template <int32_t kGroupWords, void (*kRunRows)(const DenseRows*)>
struct DenseSumsS8Of : ImplementationOf<kernels::DenseSumsS8> {
  static constexpr int64_t scratch_bytes(const Params& p) {
    return 8 * int64_t{groups_of_four(p.inputs)} + kDenseBlock * int64_t{sizeof(int32_t)};
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    const int32_t groups = groups_of_four(p.inputs);
    int32_t* rest = lanes + 2 * groups;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    const auto* bias = static_cast<const int32_t*>(b.bias);
    const int32_t whole = p.outputs / kDenseBlock * kDenseBlock;
    int32_t* output = b.output;
    for (int32_t row = 0; row < p.batch; ++row, output += p.outputs) {
      widen_values<1>(b.input + row * p.inputs, p.inputs, lanes);
      if (whole > 0) {
        const DenseRows rows{lanes, weights, bias, output, output + whole, groups};
        kRunRows(&rows);
      }
      if (whole == p.outputs) continue;
      const DenseRows rows{
          lanes, weights + whole / kDenseBlock * kGroupWords * groups, bias + whole, rest, rest + kDenseBlock, groups};
      kRunRows(&rows);
      for (int32_t i = whole; i < p.outputs; ++i) output[i] = rest[i - whole];
    }
  }

 protected:
  static constexpr double estimate(const Params& p, double of_block, double of_group) {
    const double groups = groups_of_four(p.inputs);
    return 20 + p.batch * (60 + 7 * groups + (p.outputs + 3) / 4 * (of_block + of_group * groups));
  }
};

struct DenseSumsS8Pairs : DenseSumsS8Of<4, run_pair_rows> {
  static constexpr int32_t kMostInputs = 512;  // the second sum of a pair is below 2^23

  static constexpr bool applies(const Params& p) { return p.inputs <= kMostInputs; }
  static constexpr double instructions(const Params& p) { return estimate(p, 21, 14); }
};

struct DenseSumsS8Lanes : DenseSumsS8Of<8, run_lane_rows> {
  static constexpr bool kHasTables = true;
  static constexpr double instructions(const Params& p) { return estimate(p, 11, 11); }
};

}  // namespace tmc::kernels::armv7em
