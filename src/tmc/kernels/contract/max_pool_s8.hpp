// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Largest element under a sliding window of an image [batch, input_h, input_w, channels], clamped to [activation_min,
// activation_max]. Padding never wins; every window meets the image. Input and output have one quantisation. No model
// constants.

#include "tmc/kernels/contract/detail/window_params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MaxPoolS8 {
  static constexpr const char* kName = "max_pool_s8";

  TMC_PARAMS(TMC_POOLING_WINDOW int32_t activation_min, activation_max;)

  struct Buffers {
    const int8_t* input;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
