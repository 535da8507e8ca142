// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What hybrid layers of rows share, however their weights are stored: a row as lanes, and sums to outputs.

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

// Of `count` outputs from `first` on.
template <typename Params>
inline void finish_hybrid_row(const Params& p, const Conv2dHybrid::Buffers& b, const int32_t* sums, int32_t first,
                              int32_t count, float scale, float* output) {
  scale_sums({sums, b.weight_scale + first, b.bias + first, output, count}, scale,
             FloatRange::of(p.activation_min, p.activation_max));
}

}  // namespace tmc::kernels::armv7em
