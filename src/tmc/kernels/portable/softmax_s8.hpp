// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: three walks over each row, for its largest element, its sum and its output.

#include "tmc/kernels/common/reciprocal.hpp"
#include "tmc/kernels/contract/softmax_s8.hpp"

namespace tmc::kernels::portable {

// Output: of the contract's.
template <typename AnyContract, typename Output>
struct SoftmaxBytes : ImplementationOf<AnyContract> {
  using Contract = AnyContract;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params& p) { return p.depth <= Contract::kMaxDepth; }
  // Rows that interleave are read in strides, which a shifted output would overtake.
  static constexpr Overlap overlap(const Params& p, int) {
    if (sizeof(Output) > 1) return kNoOverlap;
    return p.inner == 1 ? kInPlace : Overlap{Overlap::Kind::kSameBegin, 0};
  }
  static constexpr double instructions(const Params& p) { return 1.0 * p.outer * p.inner * (28.0 * p.depth + 150); }

  static void run(Params p, Buffers b) {
    for (int32_t o = 0; o < p.outer; ++o) {
      for (int32_t i = 0; i < p.inner; ++i) {
        const int32_t first = o * p.depth * p.inner + i;
        run_row(p, b.input + first, b.exponentials, b.output + first);
      }
    }
  }

 private:
  static void run_row(const Params& p, const int8_t* input, const int32_t* exponentials, Output* output) {
    const int32_t end = p.depth * p.inner;
    int32_t largest = INT8_MIN;
    for (int32_t i = 0; i < end; i += p.inner) largest = input[i] > largest ? input[i] : largest;

    const auto exponential = [&](int8_t value) {
      const int32_t below = largest - value;
      return below < p.exponentials ? exponentials[below] : 0;
    };
    int32_t sum = 0;
    for (int32_t i = 0; i < end; i += p.inner) {
      sum += rounding_divide_by_pot(exponential(input[i]), Contract::kSumIntegerBits);
    }
    const Reciprocal scale = reciprocal_of(sum, Contract::kSumIntegerBits);
    // The smallest shares round to zero, also where the shift would pass the word.
    constexpr int32_t kBits = 8 * sizeof(Output);
    constexpr int32_t kLeast = -(1 << (kBits - 1));
    const int32_t shift = scale.exponent + 31 - kBits;
    for (int32_t i = 0; i < end; i += p.inner) {
      const int32_t share = saturating_rounding_doubling_high_mul(scale.reciprocal, exponential(input[i]));
      const int32_t rounded = shift > 31 ? 0 : rounding_divide_by_pot(share, shift);
      output[i] = static_cast<Output>(clamp(rounded + kLeast, kLeast, -kLeast - 1));
    }
  }
};

struct SoftmaxS8 : SoftmaxBytes<kernels::SoftmaxS8, int8_t> {};
struct SoftmaxS8S16 : SoftmaxBytes<kernels::SoftmaxS8S16, int16_t> {};

}  // namespace tmc::kernels::portable
