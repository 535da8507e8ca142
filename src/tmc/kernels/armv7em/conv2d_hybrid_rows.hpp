// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid layers of rows, which are images of one pixel: a row is widened to 16-bit lanes less its zero point, on the
// stack where it is short, else in scratch, then blocks of four outputs run over it (detail/dense_rows.hpp), 256 inputs
// at a time, so that the second sum of a pair stays below 2^23. Weights of what a last group has too much are zeros.

#include "tmc/kernels/armv7em/detail/dense_rows.hpp"
#include "tmc/kernels/armv7em/detail/hybrid_rows.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dHybridRows : ImplementationOf<kernels::Conv2dHybrid> {
  static constexpr int32_t kPartGroups = 64;  // 256 * 255 * 128 < 2^23
  static constexpr int32_t kMostSums = 64;    // that are made before they become outputs
  static constexpr int64_t kStackBytes = 384;

  static constexpr bool applies(const Params& p) { return p.groups == 1 && is_of_single_pixels(p); }
  static constexpr int64_t scratch_bytes(const Params& p) { return lane_bytes(p) <= kStackBytes ? 0 : lane_bytes(p); }
  // Outputs of a single row are written after all of it was read; its header is taken before.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    return {Overlap::Kind::kForward, p.input_c + static_cast<int32_t>(dynamic_header_bytes(p.batch))};
  }
  static constexpr double instructions(const Params& p) {
    const double parts = (groups(p) + kPartGroups - 1) / kPartGroups;
    const double of_block = 42 + parts * (PairRows::kBlockCost + 6) + PairRows::kStepCost * groups(p);
    return 60 + p.batch * (40 + 7.0 * groups(p) + blocks(p) * of_block);
  }

  static void run(Params p, Buffers b) {
    int32_t on_stack[kStackBytes / 4];
    auto* const lanes = scratch_bytes(p) == 0 ? on_stack : static_cast<int32_t*>(b.scratch);
    const auto* headers = static_cast<const DynamicQuantization*>(b.input);
    const int8_t* row = static_cast<const int8_t*>(b.input) + dynamic_header_bytes(p.batch);
    for (int32_t item = 0; item < p.batch; ++item, row += p.input_c) {
      const DynamicQuantization quantization = headers[item];
      widen_hybrid_row(row, p.input_c, quantization.zero_point, lanes);
      run_row(p, b, lanes, quantization.scale, b.output + item * p.output_c);
    }
  }

  // Of four inputs, and of four outputs.
  static constexpr int32_t groups(const Params& p) { return (p.input_c + 3) / 4; }
  static constexpr int32_t blocks(const Params& p) { return (p.output_c + kDenseBlock - 1) / kDenseBlock; }

 private:
  static constexpr int64_t lane_bytes(const Params& p) { return int64_t{groups(p)} * 8; }

  [[gnu::noinline]] static void run_row(const Params& p, const Buffers& b, const int32_t* lanes, float scale,
                                        float* output) {
    int32_t sums[kMostSums];
    for (int32_t first = 0; first < p.output_c; first += kMostSums) {
      const int32_t left = p.output_c - first;
      const int32_t count = left < kMostSums ? left : kMostSums;
      make_sums(p, b, lanes, first / kDenseBlock, (count + kDenseBlock - 1) / kDenseBlock, sums);
      finish_hybrid_row(p, b, sums, first, count, scale, output + first);
    }
  }

  // Weights: [parts][blocks][groups of the part][2 pairs][2 words]. Parts add to the sums of those before.
  static void make_sums(const Params& p, const Buffers& b, const int32_t* lanes, int32_t first_block, int32_t count,
                        int32_t* sums) {
    static constexpr int32_t kZeros[kMostSums] = {};
    const int32_t* before = kZeros;
    const auto* weights = static_cast<const int32_t*>(b.weights);
    for (int32_t begin = 0; begin < groups(p); begin += kPartGroups) {
      const int32_t left = groups(p) - begin;
      const int32_t part = left < kPartGroups ? left : kPartGroups;
      const int32_t* of_part = weights + PairRows::kWords * (begin * blocks(p) + first_block * part);
      PairRows::run({lanes + 2 * begin, of_part, before, sums, sums + kDenseBlock * count, part});
      before = sums;
    }
  }
};

}  // namespace tmc::kernels::armv7em
