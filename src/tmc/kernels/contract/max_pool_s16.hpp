// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// max_pool_s8 on int16, with its parameters. No model constants.

#include "tmc/kernels/contract/max_pool_s8.hpp"

namespace tmc::kernels {

struct MaxPoolS16 {
  static constexpr const char* kName = "max_pool_s16";

  using Params = MaxPoolS8::Params;
  static constexpr const char* kParamsText = MaxPoolS8::kParamsText;

  struct Buffers {
    const int16_t* input;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
