// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// average_pool_s8 on int16, with its parameters; all zero points are 0, as in TFLite. A mean that is requantised has
// kFractionBits fractional bits and a window of at most kMaxRescaledWindow elements; others have at most kMaxWindow, so
// that a sum fits 32 bits. No model constants.

#include "tmc/kernels/contract/average_pool_s8.hpp"

namespace tmc::kernels {

struct AveragePoolS16 {
  static constexpr const char* kName = "average_pool_s16";
  static constexpr int32_t kFractionBits = 4;
  static constexpr int32_t kMaxRescaledWindow = 1 << 11;
  static constexpr int32_t kMaxWindow = 1 << 15;

  using Params = AveragePoolS8::Params;
  static constexpr const char* kParamsText = AveragePoolS8::kParamsText;

  struct Buffers {
    const int16_t* input;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
