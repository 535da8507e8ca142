// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Largest element under a sliding window of a float image [batch, input_h, input_w, channels], clamped to
// [activation_min, activation_max]. Padding never wins; every window meets the image. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MaxPoolF32 {
  static constexpr const char* kName = "max_pool_f32";

  struct Params {
    int32_t batch, input_h, input_w, channels;
    int32_t output_h, output_w;
    int32_t kernel_h, kernel_w, stride_h, stride_w;
    int32_t pad_top, pad_left;
    float activation_min, activation_max;
  };
  static constexpr ParamInfo kParams[] = {{"batch"},
                                          {"input_h"},
                                          {"input_w"},
                                          {"channels"},
                                          {"output_h"},
                                          {"output_w"},
                                          {"kernel_h"},
                                          {"kernel_w"},
                                          {"stride_h"},
                                          {"stride_w"},
                                          {"pad_top"},
                                          {"pad_left"},
                                          {"activation_min", 1, true},
                                          {"activation_max", 1, true}};

  struct Buffers {
    const float* input;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
