// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = saturate(round(input / scale) + zero_point), float to an integer type: `output_dtype` is a DType, i8, u8 or
// i16. Ties go away from zero (TFLite), or to even with ties_to_even = 1 (ONNX). NaN gives the zero point. No model
// constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct QuantizeF32 {
  static constexpr const char* kName = "quantize_f32";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t output_dtype; int32_t ties_to_even; float scale; int32_t zero_point;)

  using Buffers = UnaryBuffers<float, void>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
