// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Batched matrix product, of int8, int16 and float. For every index of the batch axes [batch[0], batch[1], batch[2]]:
//
//   output[i, j] = requantise(sum over k of (a[i, k] - a_zero_point) * (b[k, j] - b_zero_point)) + output_zero_point
//
// saturated; b is [inner, columns], or [columns, inner] with transpose_b = 1. Requantise: two roundings
// (base/fixed_point.hpp). The output is dense; an operand's batch strides count its matrices and are 0 where it is
// broadcast. Sums of int8 are taken modulo 2^32. Zero points of int16 are 0, as in TFLite; its sums have 64 bits, of
// which a product of at most kMaxInner terms needs 48, and are rescaled with one rounding by a multiplier of 15 bits
// (multiply_by_reduced_multiplier in base/fixed_point.hpp, which says how shifts are bounded). In float the products
// are added up in the order of k. No model constants; either operand may lie in flash.

#include "tmc/kernels/contract/detail/buffers.hpp"

namespace tmc::kernels {

#define TMC_MATRICES int32_t batch[3], a_strides[3], b_strides[3], rows, inner, columns, transpose_b;

struct QuantizedMatmul {
  static constexpr Access kAccess = Access::kMatrices;
  TMC_PARAMS(TMC_MATRICES int32_t a_zero_point, b_zero_point; int32_t output_zero_point, multiplier, shift;)
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

struct MatmulS8 : QuantizedMatmul {
  static constexpr const char* kName = "matmul_s8";

  struct Buffers {
    const int8_t* a;
    const int8_t* b;
    int8_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

struct MatmulS16 : QuantizedMatmul {
  static constexpr const char* kName = "matmul_s16";
  static constexpr int32_t kMaxInner = 1 << 16;
  using Buffers = BinaryBuffers<int16_t>;
};

struct MatmulF32 {
  static constexpr const char* kName = "matmul_f32";
  static constexpr Access kAccess = Access::kMatrices;
  TMC_PARAMS(TMC_MATRICES)
  using Buffers = BinaryBuffers<float>;
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

}  // namespace tmc::kernels
