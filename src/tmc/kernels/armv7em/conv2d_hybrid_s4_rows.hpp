// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid layers of rows with weights of four bits: a row is widened to 16-bit lanes less its zero point, on the stack
// where it is short, else in scratch, then blocks of four outputs run over it (detail/nibble_rows.hpp), a group of
// inputs after another, long ones in parts.

#include "tmc/kernels/armv7em/detail/hybrid_rows.hpp"
#include "tmc/kernels/armv7em/detail/nibble_rows.hpp"
#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dHybridS4Rows : ImplementationOf<kernels::Conv2dHybridS4> {
  static constexpr int32_t kMostSums = 64;  // that are made before they become outputs
  static constexpr int64_t kStackBytes = 384;

  // A group is one part, or all inputs are.
  static constexpr bool applies(const Params& p) {
    return is_of_single_pixels(p) &&
           (p.group_inputs >= p.input_c || (p.group_inputs % 4 == 0 && p.group_inputs <= 4 * kMostNibbleSteps));
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return lane_bytes(p) <= kStackBytes ? 0 : lane_bytes(p); }
  // Outputs of a single row are written after all of it was read; its header is taken before.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    return {Overlap::Kind::kForward, p.input_c + static_cast<int32_t>(dynamic_header_bytes(p.batch))};
  }
  static constexpr double instructions(const Params& p) {
    const double of_block = 55 + 45.0 * parts(p) + 16.0 * steps(p);
    return 60 + p.batch * (40 + 13.0 * steps(p) + blocks(p) * of_block);
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

  // Of four inputs; as many as a part has but for the last; parts; and blocks of four outputs.
  static constexpr int32_t steps(const Params& p) { return (p.input_c + 3) / 4; }
  static constexpr int32_t steps_of_part(const Params& p) {
    const int32_t of_group = p.group_inputs < p.input_c ? p.group_inputs / 4 : steps(p);
    return of_group < kMostNibbleSteps ? of_group : kMostNibbleSteps;
  }
  static constexpr int32_t parts(const Params& p) { return (steps(p) + steps_of_part(p) - 1) / steps_of_part(p); }
  static constexpr int32_t blocks(const Params& p) { return (p.output_c + kNibbleBlock - 1) / kNibbleBlock; }

 private:
  static constexpr int64_t lane_bytes(const Params& p) { return int64_t{steps(p)} * 8; }

  [[gnu::noinline]] static void run_row(const Params& p, const Buffers& b, const int32_t* lanes, float scale,
                                        float* output) {
    int32_t sums[kMostSums];
    for (int32_t first = 0; first < p.output_c; first += kMostSums) {
      const int32_t left = p.output_c - first;
      const int32_t count = left < kMostSums ? left : kMostSums;
      make_sums(p, b, lanes, first / kNibbleBlock, (count + kNibbleBlock - 1) / kNibbleBlock, sums);
      finish_hybrid_row(p, b, sums, first, count, scale, output + first);
    }
  }

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

  static int32_t total(const int32_t* lanes, int32_t words) {
    int32_t sum = 0;
    for (const int32_t* const end = lanes + words; lanes != end; ++lanes) sum = smlad(*lanes, both_lanes(1), sum);
    return sum;
  }
};

}  // namespace tmc::kernels::armv7em
