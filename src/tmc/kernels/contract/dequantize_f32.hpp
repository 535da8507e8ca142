// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = scale * (input - zero_point), an integer type to float: `input_dtype` is a DType, i8, u8 or i16. The
// difference and the product are exact but for the one rounding to float. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct DequantizeF32 {
  static constexpr const char* kName = "dequantize_f32";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t input_dtype; float scale; int32_t zero_point;)

  using Buffers = UnaryBuffers<void, float>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
