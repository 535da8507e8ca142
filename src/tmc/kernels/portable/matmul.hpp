// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include <stdint.h>

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/matrices.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/matmul.hpp"
#include "tmc/kernels/kernel.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

// Loops of the matrix products. `Params` has batch[3], a_strides[3], b_strides[3], rows, inner, columns and
// transpose_b. Output elements in the order of addresses: output = dot(row of a, column of b, stride of that column),
// in elements.
template <typename Params, typename T, typename Dot>
inline void for_each_product(const Params& p, const T* a, const T* b, T* output, Dot dot) {
  const int32_t inner_stride = p.transpose_b ? 1 : p.columns;
  const int32_t column_stride = p.transpose_b ? p.inner : 1;
  for_each_matrix(p, [&](int32_t matrix_a, int32_t matrix_b) {
    const T* first_row = a + matrix_a * p.rows * p.inner;
    const T* first_column = b + matrix_b * p.inner * p.columns;
    for (int32_t row = 0; row < p.rows; ++row) {
      for (int32_t column = 0; column < p.columns; ++column) {
        *output++ = dot(first_row + row * p.inner, first_column + column * column_stride, inner_stride);
      }
    }
  });
}

// The reference for bits: one output at a time, straight from the contract.
struct MatmulS8 : ImplementationOf<kernels::MatmulS8> {
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
      return static_cast<int8_t>(clamp(wrapping_add(scaled, p.output_zero_point), -128, 127));
    });
  }
};

// The reference for bits: one output at a time, straight from the contract.
struct MatmulS16 : ImplementationOf<kernels::MatmulS16> {
  static constexpr bool applies(const Params& p) {
    return has_symmetric_operands(p) && p.inner <= Contract::kMaxInner && p.shift >= -31 &&
           p.shift <= kMostReducedShift;
  }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch[0] * p.batch[1] * p.batch[2] * p.rows * p.columns * (30 + 7.0 * p.inner);
  }

  static void run(Params p, Buffers b) {
    for_each_product(p, b.a, b.b, b.output, [&p](const int16_t* row, const int16_t* column, int32_t stride) {
      int64_t sum = 0;
      for (int32_t k = 0; k < p.inner; ++k) sum += row[k] * column[k * stride];
      return static_cast<int16_t>(
          clamp(multiply_by_reduced_multiplier(sum, p.multiplier, p.shift), INT16_MIN, INT16_MAX));
    });
  }
};

// The reference for bits: one output at a time, straight from the contract.
struct MatmulF32 : ImplementationOf<kernels::MatmulF32> {
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
