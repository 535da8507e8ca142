// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid layers of rows, which are images of one pixel, however their weights are stored: a row is widened to 16-bit
// lanes less its zero point, on the stack where it is short, else in scratch, then blocks of four outputs run over it.

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/armv7em/detail/scaled_sums.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/conv2d_hybrid.hpp"

namespace tmc::kernels::armv7em {

// Images of one pixel, which a kernel of one pixel takes as they are.
template <typename Params>
constexpr bool is_of_single_pixels(const Params& p) {
  return p.input_h == 1 && p.input_w == 1 && p.output_h == 1 && p.output_w == 1 && p.kernel_h == 1 && p.kernel_w == 1 &&
         p.pad_top == 0 && p.pad_left == 0;
}

// A row less its zero point as lanes of 16 bits: of every four inputs 0 and 2, then 1 and 3. What a last group has too
// much is some number.
[[gnu::noinline]] inline void widen_hybrid_row(const int8_t* from, int32_t count, int32_t zero_point, int32_t* lanes) {
  const int32_t less = both_lanes(-zero_point);
  for (const int8_t* const end = from + count / 4 * 4; from != end; from += 4, lanes += 2) {
    const int32_t word = load_word(from);
    lanes[0] = sxtab16(less, word);
    lanes[1] = sxtab16_ror8(less, word);
  }
  if (count % 4 == 0) return;
  const int32_t word = load_partial(from, count % 4);
  lanes[0] = sxtab16(less, word);
  lanes[1] = sxtab16_ror8(less, word);
}

// What `Implementation` says is how the sums of `count` blocks from `first_block` on are made of a widened row:
//
//   static void make_sums(const Params&, const Buffers&, const int32_t* lanes, int32_t first_block, int32_t count,
//                         int32_t* sums);
template <typename Implementation, typename AnyContract>
struct HybridRows : ImplementationOf<AnyContract> {
  using Params = typename AnyContract::Params;
  using Buffers = typename AnyContract::Buffers;

  static constexpr int32_t kBlock = 4;      // outputs
  static constexpr int32_t kMostSums = 64;  // that are made before they become outputs
  static constexpr int64_t kStackBytes = 384;

  static constexpr int64_t scratch_bytes(const Params& p) { return lane_bytes(p) <= kStackBytes ? 0 : lane_bytes(p); }
  // Outputs of a single row are written after all of it was read; its header is taken before.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    return {Overlap::Kind::kForward, p.input_c + static_cast<int32_t>(dynamic_header_bytes(p.batch))};
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

  // Of four inputs, and blocks of outputs.
  static constexpr int32_t steps(const Params& p) { return (p.input_c + 3) / 4; }
  static constexpr int32_t blocks(const Params& p) { return blocks_of(p.output_c); }

 private:
  static constexpr int32_t blocks_of(int32_t outputs) { return (outputs + kBlock - 1) / kBlock; }
  static constexpr int64_t lane_bytes(const Params& p) { return int64_t{steps(p)} * 8; }

  [[gnu::noinline]] static void run_row(const Params& p, const Buffers& b, const int32_t* lanes, float scale,
                                        float* output) {
    int32_t sums[kMostSums];
    for (int32_t first = 0; first < p.output_c; first += kMostSums) {
      const int32_t left = p.output_c - first;
      const int32_t count = left < kMostSums ? left : kMostSums;
      Implementation::make_sums(p, b, lanes, first / kBlock, blocks_of(count), sums);
      scale_sums({sums, b.weight_scale + first, b.bias + first, output + first, count}, scale,
                 FloatRange::of(p.activation_min, p.activation_max));
    }
  }
};

}  // namespace tmc::kernels::armv7em
