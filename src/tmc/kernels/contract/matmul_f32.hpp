// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Batched matrix product in float. For every index of the batch axes [batch[0], batch[1], batch[2]]:
//
//   output[i, j] = sum over k of a[i, k] * b[k, j]
//
// in the order of k; b is [inner, columns], or [columns, inner] with transpose_b = 1. The output is dense; an operand's
// batch strides count its matrices and are 0 where it is broadcast. No model constants; either operand may lie in
// flash.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MatmulF32 {
  static constexpr const char* kName = "matmul_f32";

  TMC_PARAMS(int32_t batch[3], a_strides[3], b_strides[3]; int32_t rows, inner, columns; int32_t transpose_b;)

  struct Buffers {
    const float* a;
    const float* b;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
