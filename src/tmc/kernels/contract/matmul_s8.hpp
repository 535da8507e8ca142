// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Batched matrix product. For every index of the batch axes [batch[0], batch[1], batch[2]]:
//
//   output[i, j] = requantise(sum over k of (a[i, k] - a_zero_point) * (b[k, j] - b_zero_point)) + output_zero_point
//
// saturated; b is [inner, columns], or [columns, inner] with transpose_b = 1. Requantise: two roundings
// (base/fixed_point.hpp). The output is dense; an operand's batch strides count its matrices and are 0 where it is
// broadcast. Sums are taken modulo 2^32. No model constants; either operand may lie in flash.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MatmulS8 {
  static constexpr const char* kName = "matmul_s8";

  TMC_PARAMS(int32_t batch[3], a_strides[3], b_strides[3]; int32_t rows, inner, columns; int32_t transpose_b;
             int32_t a_zero_point, b_zero_point; int32_t output_zero_point, multiplier, shift;)

  struct Buffers {
    const int8_t* a;
    const int8_t* b;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
