// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Softmax along `depth` of a tensor [outer, depth, inner]. The output has scale 1/256 and zero point -128, or as int16
// 1/65536 and -32768. Bit for bit TFLite's integer reference.
//
// The model's constant: exponentials i32 [exponentials], Q0.31, of which element d belongs to an input that lies d
// below the largest of its row. From `exponentials` on they are zero; entry 0 is 2^31 - 1. Each, rounded to Q12.19, is
// added up; the reciprocal of the sum is three Newton-Raphson steps in Q2.29 (gemmlowp).
// depth <= 4095, so that the sum fits.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct SoftmaxOfBytes {
  static constexpr int32_t kSumIntegerBits = 12;
  static constexpr int32_t kMaxDepth = (1 << kSumIntegerBits) - 1;

  static constexpr Access kAccess = Access::kAxis;
  TMC_PARAMS(int32_t outer, depth, inner; int32_t exponentials;)

  template <typename Output>
  struct BuffersTo {
    const int8_t* input;
    const int32_t* exponentials;
    Output* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"exponentials", Role::kConstant}, {"output", Role::kOutput}};
};

struct SoftmaxS8 : SoftmaxOfBytes {
  static constexpr const char* kName = "softmax_s8";
  using Buffers = BuffersTo<int8_t>;
};

struct SoftmaxS8S16 : SoftmaxOfBytes {
  static constexpr const char* kName = "softmax_s8_s16";
  using Buffers = BuffersTo<int16_t>;
};

}  // namespace tmc::kernels
