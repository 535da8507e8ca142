// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean over a sliding window of an image [batch, input_h, input_w, channels], clamped to [activation_min,
// activation_max], of int8, int16 and float.
//
// Of integers with rescale = 0 input and output have one quantisation and the integers are TFLite's: the sum of the raw
// values over the count, rounded half away from zero, or with ties_up = 1 half up, as TFLite's uint8 does. With rescale
// = 1 the mean of the differences from the input's zero point, held with kFractionBits fractional bits, is requantised
// by multiplier and shift (of input scale / output scale); the window then has at most kMaxRescaledWindow elements.
// Zero points of int16 are 0, as in TFLite, and windows have at most kMaxWindow elements, so that a sum fits 32 bits.
// In float it is the sum in the order of addresses over the count.
//
// Elements in the padding are left out of the count, or with count_include_pad = 1 count as the input's zero point.
// Every window meets the image. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/contract/detail/window_params.hpp"

namespace tmc::kernels {

struct QuantizedAveragePool {
  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_POOLING_WINDOW int32_t count_include_pad; int32_t input_zero_point, output_zero_point;
             int32_t rescale, multiplier, shift; int32_t activation_min, activation_max; int32_t ties_up;)
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

struct AveragePoolS8 : QuantizedAveragePool {
  static constexpr const char* kName = "average_pool_s8";
  static constexpr int32_t kFractionBits = 8;
  static constexpr int32_t kMaxRescaledWindow = 1 << 14;
  using Buffers = UnaryBuffers<int8_t>;
};

struct AveragePoolS16 : QuantizedAveragePool {
  static constexpr const char* kName = "average_pool_s16";
  static constexpr int32_t kFractionBits = 4;
  static constexpr int32_t kMaxRescaledWindow = 1 << 11;
  static constexpr int32_t kMaxWindow = 1 << 15;
  using Buffers = UnaryBuffers<int16_t>;
};

struct AveragePoolF32 {
  static constexpr const char* kName = "average_pool_f32";
  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_POOLING_WINDOW int32_t count_include_pad; float activation_min, activation_max;)
  using Buffers = UnaryBuffers<float>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
