// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid layers of rows (detail/hybrid_rows.hpp) with weights of four bits, in detail/nibble_rows.hpp, a group of
// inputs after another, long ones in parts.

#include "tmc/kernels/armv7em/detail/hybrid_rows.hpp"
#include "tmc/kernels/armv7em/detail/nibble_rows.hpp"
#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dHybridS4Rows : HybridRows<Conv2dHybridS4Rows, kernels::Conv2dHybridS4> {
  static_assert(kBlock == kNibbleBlock);

  // A group is one part, or all inputs are.
  static constexpr bool applies(const Params& p) {
    return is_of_single_pixels(p) &&
           (p.group_inputs >= p.input_c || (p.group_inputs % 4 == 0 && p.group_inputs <= 4 * kMostNibbleSteps));
  }
  static constexpr double instructions(const Params& p) {
    const double of_block = 55 + 45.0 * parts(p) + 16.0 * steps(p);
    return 60 + p.batch * (40 + 13.0 * steps(p) + blocks(p) * of_block);
  }

  // As many as a part has but for the last, and parts.
  static constexpr int32_t steps_of_part(const Params& p) {
    const int32_t of_group = p.group_inputs < p.input_c ? p.group_inputs / 4 : steps(p);
    return of_group < kMostNibbleSteps ? of_group : kMostNibbleSteps;
  }
  static constexpr int32_t parts(const Params& p) { return (steps(p) + steps_of_part(p) - 1) / steps_of_part(p); }

  // Weights: [parts][blocks][steps of the part][2 words], then [parts][blocks] multipliers and zero points.
  static void make_sums(const Params& p, const Buffers& b, const int32_t* lanes, int32_t first_block, int32_t count,
                        int32_t* sums) {
    for (int32_t i = 0; i < kNibbleBlock * count; ++i) sums[i] = 0;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    const auto* of_parts = static_cast<const uint32_t*>(b.weights) + 2 * steps(p) * blocks(p) + first_block;
    for (int32_t begin = 0; begin < steps(p); begin += steps_of_part(p), of_parts += blocks(p)) {
      const int32_t left = steps(p) - begin;
      const int32_t part = left < steps_of_part(p) ? left : steps_of_part(p);
      const NibbleRows rows{lanes + 2 * begin,
                            weights + 2 * (begin * blocks(p) + first_block * part),
                            of_parts,
                            sums,
                            sums + kNibbleBlock * count,
                            part,
                            total(lanes + 2 * begin, 2 * part)};
      run_nibble_rows(&rows);
    }
  }

 private:
  static int32_t total(const int32_t* lanes, int32_t words) {
    int32_t sum = 0;
    for (const int32_t* const end = lanes + words; lanes != end; ++lanes) sum = smlad(*lanes, both_lanes(1), sum);
    return sum;
  }
};

}  // namespace tmc::kernels::armv7em
