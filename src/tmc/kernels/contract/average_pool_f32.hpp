// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean over a sliding window of a float image [batch, input_h, input_w, channels], clamped to [activation_min,
// activation_max]: the sum in the order of addresses over the count. Elements in the padding are left out of the count,
// or with count_include_pad = 1 count as zero. Every window meets the image. No model constants.

#include "tmc/kernels/contract/detail/window_params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct AveragePoolF32 {
  static constexpr const char* kName = "average_pool_f32";

  TMC_PARAMS(TMC_POOLING_WINDOW int32_t count_include_pad; float activation_min, activation_max;)

  struct Buffers {
    const float* input;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
