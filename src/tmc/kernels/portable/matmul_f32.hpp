// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/kernels/contract/matmul_f32.hpp"

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
    float* output = b.output;
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
  static void multiply(const Params& p, const float* a, const float* b, float* output) {
    const int32_t inner_stride = p.transpose_b ? 1 : p.columns;
    const int32_t column_stride = p.transpose_b ? p.inner : 1;
    for (int32_t row = 0; row < p.rows; ++row) {
      for (int32_t column = 0; column < p.columns; ++column) {
        float sum = 0;
        for (int32_t k = 0; k < p.inner; ++k) {
          sum += a[row * p.inner + k] * b[k * inner_stride + column * column_stride];
        }
        *output++ = sum;
      }
    }
  }
};

}  // namespace tmc::kernels::portable
