// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: three walks over each row, for its largest element, its exponentials, which wait in the
// output, and its shares.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/softmax_s16.hpp"
#include "tmc/kernels/contract/softmax_s16.hpp"

namespace tmc::kernels::portable {

struct SoftmaxS16 : ImplementationOf<kernels::SoftmaxS16> {
  static constexpr bool applies(const Params& p) { return p.depth <= Contract::kMaxDepth; }
  // Rows that interleave are read in strides, which a shifted output would overtake.
  static constexpr Overlap overlap(const Params& p, int) {
    return p.inner == 1 ? kInPlace : Overlap{Overlap::Kind::kSameBegin, 0};
  }
  static constexpr double instructions(const Params& p) { return 1.0 * p.outer * p.inner * (45.0 * p.depth + 60); }

  static void run(Params p, Buffers b) {
    for (int32_t o = 0; o < p.outer; ++o) {
      for (int32_t i = 0; i < p.inner; ++i) {
        const int32_t first = o * p.depth * p.inner + i;
        run_row(p, b, b.input + first, b.output + first);
      }
    }
  }

 private:
  static void run_row(const Params& p, const Buffers& b, const int16_t* input, int16_t* output) {
    const int32_t end = p.depth * p.inner;
    int32_t largest = INT16_MIN;
    for (int32_t i = 0; i < end; i += p.inner) largest = input[i] > largest ? input[i] : largest;

    int32_t sum = 0;  // Q16.15
    for (int32_t i = 0; i < end; i += p.inner) {
      const int32_t below = multiply_by_quantized_multiplier(input[i] - largest, p.multiplier, p.shift);
      const int32_t centred = clamp(below, INT16_MIN - INT16_MAX, 0) + INT16_MAX;
      output[i] = interpolated(b.exponentials, static_cast<int16_t>(centred));
      sum += output[i];
    }
    const auto [reciprocal, shift] = shares_of(b.reciprocals, sum);
    for (int32_t i = 0; i < end; i += p.inner) {
      const int32_t share = (output[i] * reciprocal + (1 << (shift - 1))) >> shift;
      output[i] = static_cast<int16_t>(clamp(share, 0, INT16_MAX));
    }
  }
};

}  // namespace tmc::kernels::portable
