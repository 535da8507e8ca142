// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Largest element under a sliding window of an image [batch, input_h, input_w, channels], clamped to [activation_min,
// activation_max], of int8, int16 and float. Padding never wins; every window meets the image. Input and output have
// one quantisation. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/contract/detail/window_params.hpp"

namespace tmc::kernels {

struct QuantizedMaxPool {
  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_POOLING_WINDOW int32_t activation_min, activation_max;)
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

struct MaxPoolS8 : QuantizedMaxPool {
  static constexpr const char* kName = "max_pool_s8";
  using Buffers = UnaryBuffers<int8_t>;
};

struct MaxPoolS16 : QuantizedMaxPool {
  static constexpr const char* kName = "max_pool_s16";
  using Buffers = UnaryBuffers<int16_t>;
};

struct MaxPoolF32 {
  static constexpr const char* kName = "max_pool_f32";
  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_POOLING_WINDOW float activation_min, activation_max;)
  using Buffers = UnaryBuffers<float>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
