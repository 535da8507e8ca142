// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A row of inputs is widened into scratch, then blocks of four outputs run over it. What a last block has too much is
// made in scratch and dropped. Weights are pairs of outputs, of values that fit; or bytes, of any, in a third more
// instructions; or 16-bit lanes, of any, which take twice the flash and four fifths of the instructions of pairs.

#include "tmc/kernels/armv7em/detail/dense_rows.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"

namespace tmc::kernels::armv7em {

// Rows say how many inputs a step of theirs takes, how many words of weights and lanes it has, and run whole blocks.
template <typename Rows>
struct DenseSumsS8Of : ImplementationOf<kernels::DenseSumsS8> {
  static constexpr int32_t steps(const Params& p) { return (p.inputs + Rows::kInputs - 1) / Rows::kInputs; }
  static constexpr int32_t lanes_words(const Params& p) { return steps(p) * Rows::kInputs / 2; }

  static constexpr int64_t scratch_bytes(const Params& p) {
    return (int64_t{lanes_words(p)} + kDenseBlock) * int64_t{sizeof(int32_t)};
  }
  static constexpr double instructions(const Params& p) {
    const double blocks = (p.outputs + kDenseBlock - 1) / kDenseBlock;
    return 20 + p.batch * (60 + 3.5 * lanes_words(p) + blocks * (Rows::kBlockCost + Rows::kStepCost * steps(p)));
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    int32_t* rest = lanes + lanes_words(p);
    const auto* weights = static_cast<const int32_t*>(b.weights);
    const auto* bias = static_cast<const int32_t*>(b.bias);
    const int32_t whole = p.outputs / kDenseBlock * kDenseBlock;
    int32_t* output = b.output;
    for (int32_t row = 0; row < p.batch; ++row, output += p.outputs) {
      Rows::widen(b.input + row * p.inputs, p.inputs, lanes);
      if (whole > 0) Rows::run({lanes, weights, bias, output, output + whole, steps(p)});
      if (whole == p.outputs) continue;
      const int32_t* of_rest = weights + whole / kDenseBlock * Rows::kWords * steps(p);
      Rows::run({lanes, of_rest, bias + whole, rest, rest + kDenseBlock, steps(p)});
      for (int32_t i = whole; i < p.outputs; ++i) output[i] = rest[i - whole];
    }
  }
};

struct DenseSumsS8 : DenseSumsS8Of<ByteRows> {};

struct DenseSumsS8Pairs : DenseSumsS8Of<PairRows> {
  static constexpr bool applies(const Params& p) { return p.inputs <= PairRows::kMostInputs; }
};

struct DenseSumsS8Lanes : DenseSumsS8Of<LaneRows> {
  static constexpr bool kHasTables = true;
};

}  // namespace tmc::kernels::armv7em
