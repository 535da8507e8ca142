// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean over a sliding window of an image [batch, input_h, input_w, channels], clamped to [activation_min,
// activation_max].
//
// With rescale = 0 input and output have one quantisation and the integers are TFLite's: the sum of the raw values over
// the count, rounded half away from zero. With rescale = 1 the mean of the differences from the input's zero point,
// held with 8 fractional bits, is requantised by multiplier and shift (of input scale / output scale); the window then
// has at most kMaxRescaledWindow elements.
//
// Elements in the padding are left out of the count, or with count_include_pad = 1 count as the input's zero point.
// Every window meets the image. No model constants.

#include "tmc/kernels/contract/detail/window_params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct AveragePoolS8 {
  static constexpr const char* kName = "average_pool_s8";
  static constexpr int32_t kFractionBits = 8;
  static constexpr int32_t kMaxRescaledWindow = 1 << 14;

  TMC_PARAMS(TMC_POOLING_WINDOW int32_t count_include_pad; int32_t input_zero_point, output_zero_point;
             int32_t rescale, multiplier, shift; int32_t activation_min, activation_max;)

  struct Buffers {
    const int8_t* input;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
