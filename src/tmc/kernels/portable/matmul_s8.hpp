// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/matmul_s8.hpp"
#include "tmc/kernels/portable/detail/matmul.hpp"

namespace tmc::kernels::portable {

struct MatmulS8 {
  using Contract = kernels::MatmulS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch[0] * p.batch[1] * p.batch[2] * p.rows * p.columns * (30 + 9.0 * p.inner);
  }

  static void run(Params p, Buffers b) {
    for_each_product(p, b.a, b.b, b.output, [&p](const int8_t* row, const int8_t* column, int32_t stride) {
      uint32_t sum = 0;
      for (int32_t k = 0; k < p.inner; ++k) {
        sum += static_cast<uint32_t>((row[k] - p.a_zero_point) * (column[k * stride] - p.b_zero_point));
      }
      const int32_t scaled = multiply_by_quantized_multiplier(static_cast<int32_t>(sum), p.multiplier, p.shift);
      return static_cast<int8_t>(clamp(scaled + p.output_zero_point, -128, 127));
    });
  }
};

}  // namespace tmc::kernels::portable
