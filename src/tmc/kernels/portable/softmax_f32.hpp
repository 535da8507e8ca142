// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: three walks over each row, the exponentials kept in the output until the sum is known.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/softmax_f32.hpp"

namespace tmc::kernels::portable {

struct SoftmaxF32 : ImplementationOf<kernels::SoftmaxF32> {
  // Rows that interleave are read in strides, which a shifted output would overtake.
  static constexpr Overlap overlap(const Params& p, int) {
    return p.inner == 1 ? kInPlace : Overlap{Overlap::Kind::kSameBegin, 0};
  }
  static constexpr double instructions(const Params& p) { return 1.0 * p.outer * p.inner * (60.0 * p.depth + 40); }

  static void run(Params p, Buffers b) {
    for (int32_t o = 0; o < p.outer; ++o) {
      for (int32_t i = 0; i < p.inner; ++i) {
        const int32_t first = o * p.depth * p.inner + i;
        run_row(p, b.input + first, b.output + first);
      }
    }
  }

 private:
  static void run_row(const Params& p, const float* input, float* output) {
    const int32_t end = p.depth * p.inner;
    float largest = input[0];
    for (int32_t i = 0; i < end; i += p.inner) largest = input[i] > largest ? input[i] : largest;
    float sum = 0;
    for (int32_t i = 0; i < end; i += p.inner) {
      output[i] = exp_f32((input[i] - largest) * p.beta);
      sum += output[i];
    }
    for (int32_t i = 0; i < end; i += p.inner) output[i] /= sum;
  }
};

}  // namespace tmc::kernels::portable
