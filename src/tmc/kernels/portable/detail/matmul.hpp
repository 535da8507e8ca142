// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loops of the matrix products. `Params` has batch[3], a_strides[3], b_strides[3], rows, inner, columns and
// transpose_b.

#include <stdint.h>

namespace tmc::kernels::portable {

// Output elements in the order of addresses: output = dot(row of a, column of b, stride of that column), in elements.
template <typename Params, typename T, typename Dot>
inline void for_each_product(const Params& p, const T* a, const T* b, T* output, Dot dot) {
  const int32_t inner_stride = p.transpose_b ? 1 : p.columns;
  const int32_t column_stride = p.transpose_b ? p.inner : 1;
  for (int32_t i = 0; i < p.batch[0]; ++i) {
    for (int32_t j = 0; j < p.batch[1]; ++j) {
      for (int32_t k = 0; k < p.batch[2]; ++k) {
        const int32_t matrix_a = i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2];
        const int32_t matrix_b = i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2];
        const T* first_row = a + matrix_a * p.rows * p.inner;
        const T* first_column = b + matrix_b * p.inner * p.columns;
        for (int32_t row = 0; row < p.rows; ++row) {
          for (int32_t column = 0; column < p.columns; ++column) {
            *output++ = dot(first_row + row * p.inner, first_column + column * column_stride, inner_stride);
          }
        }
      }
    }
  }
}

}  // namespace tmc::kernels::portable
