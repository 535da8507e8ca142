// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// exp(beta * (x - largest)) over the sum of the same, along `depth` of a float tensor [outer, depth, inner]. Each
// exponential has the error of base/math.hpp; the sum is taken in the order of the row. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct SoftmaxF32 {
  static constexpr const char* kName = "softmax_f32";

  static constexpr Access kAccess = Access::kAxis;
  TMC_PARAMS(int32_t outer, depth, inner; float beta;)

  using Buffers = UnaryBuffers<float>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
