// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/matmul_s8.hpp"

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
    int8_t* output = b.output;
    for (int32_t i = 0; i < p.batch[0]; ++i) {
      for (int32_t j = 0; j < p.batch[1]; ++j) {
        for (int32_t k = 0; k < p.batch[2]; ++k) {
          const int32_t matrix_a = i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2];
          const int32_t matrix_b = i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2];
          multiply(p, b.a + matrix_a * p.rows * p.inner, b.b + matrix_b * p.inner * p.columns, output);
          output += p.rows * p.columns;
        }
      }
    }
  }

 private:
  static void multiply(const Params& p, const int8_t* a, const int8_t* b, int8_t* output) {
    const int32_t inner_stride = p.transpose_b ? 1 : p.columns;
    const int32_t column_stride = p.transpose_b ? p.inner : 1;
    for (int32_t row = 0; row < p.rows; ++row) {
      for (int32_t column = 0; column < p.columns; ++column) {
        uint32_t sum = 0;
        for (int32_t k = 0; k < p.inner; ++k) {
          const int32_t product =
              (a[row * p.inner + k] - p.a_zero_point) * (b[k * inner_stride + column * column_stride] - p.b_zero_point);
          sum += static_cast<uint32_t>(product);
        }
        const int32_t scaled = multiply_by_quantized_multiplier(static_cast<int32_t>(sum), p.multiplier, p.shift);
        *output++ = static_cast<int8_t>(clamp(scaled + p.output_zero_point, -128, 127));
      }
    }
  }
};

}  // namespace tmc::kernels::portable
