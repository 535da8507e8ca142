// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/kernels/contract/matmul_f32.hpp"
#include "tmc/kernels/portable/detail/matmul.hpp"

namespace tmc::kernels::portable {

struct MatmulF32 {
  using Contract = kernels::MatmulF32;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch[0] * p.batch[1] * p.batch[2] * p.rows * p.columns * (20 + 6.0 * p.inner);
  }

  static void run(Params p, Buffers b) {
    for_each_product(p, b.a, b.b, b.output, [&p](const float* row, const float* column, int32_t stride) {
      float sum = 0;
      for (int32_t k = 0; k < p.inner; ++k) sum += row[k] * column[k * stride];
      return sum;
    });
  }
};

}  // namespace tmc::kernels::portable
