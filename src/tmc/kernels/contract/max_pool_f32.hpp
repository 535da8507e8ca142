// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Largest element under a sliding window of a float image [batch, input_h, input_w, channels], clamped to
// [activation_min, activation_max]. Padding never wins; every window meets the image. No model constants.

#include "tmc/kernels/contract/detail/window_params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MaxPoolF32 {
  static constexpr const char* kName = "max_pool_f32";

  TMC_PARAMS(TMC_POOLING_WINDOW float activation_min, activation_max;)

  struct Buffers {
    const float* input;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
