// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid layers of rows (detail/hybrid_rows.hpp) in detail/dense_rows.hpp, 256 inputs at a time, so that the second sum
// of a pair stays below 2^23. Weights of what a last step has too much are zeros.

#include "tmc/kernels/armv7em/detail/dense_rows.hpp"
#include "tmc/kernels/armv7em/detail/hybrid_rows.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dHybridRows : HybridRows<Conv2dHybridRows, kernels::Conv2dHybrid> {
  static constexpr int32_t kPartSteps = 64;  // 256 * 255 * 128 < 2^23
  static_assert(kBlock == kDenseBlock);

  static constexpr bool applies(const Params& p) { return p.groups == 1 && is_of_single_pixels(p); }
  static constexpr double instructions(const Params& p) {
    const double parts = (steps(p) + kPartSteps - 1) / kPartSteps;
    const double of_block = 42 + parts * (PairRows::kBlockCost + 6) + PairRows::kStepCost * steps(p);
    return 60 + p.batch * (40 + 7.0 * steps(p) + blocks(p) * of_block);
  }

  // Weights: [parts][blocks][steps of the part][2 pairs][2 words]. Parts add to the sums of those before.
  static void make_sums(const Params& p, const Buffers& b, const int32_t* lanes, int32_t first_block, int32_t count,
                        int32_t* sums) {
    static constexpr int32_t kZeros[kMostSums] = {};
    const int32_t* before = kZeros;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    for (int32_t begin = 0; begin < steps(p); begin += kPartSteps) {
      const int32_t left = steps(p) - begin;
      const int32_t part = left < kPartSteps ? left : kPartSteps;
      const int32_t* of_part = weights + PairRows::kWords * (begin * blocks(p) + first_block * part);
      PairRows::run({lanes + 2 * begin, of_part, before, sums, sums + kDenseBlock * count, part});
      before = sums;
    }
  }
};

}  // namespace tmc::kernels::armv7em
