// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The matrices of a batched product (contract/matmul.hpp).

#include <stdint.h>

namespace tmc::kernels {

// Calls multiply(matrix of a, matrix of b), which count the operands' matrices, for those of the output in order.
// `Params` has batch[3], a_strides[3] and b_strides[3].
template <typename Params, typename Multiply>
inline void for_each_matrix(const Params& p, const Multiply& multiply) {
  for (int32_t i = 0; i < p.batch[0]; ++i) {
    for (int32_t j = 0; j < p.batch[1]; ++j) {
      for (int32_t k = 0; k < p.batch[2]; ++k) {
        multiply(i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2],
                 i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2]);
      }
    }
  }
}

}  // namespace tmc::kernels
