// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// mean_s8 on int16, with its parameters; all zero points are 0, as in TFLite. |sum| stays below 2^31, for which at most
// 2^15 elements are reduced. No model constants.

#include "tmc/kernels/contract/mean_s8.hpp"

namespace tmc::kernels {

struct MeanS16 {
  static constexpr const char* kName = "mean_s16";

  using Params = MeanS8::Params;
  static constexpr const char* kParamsText = MeanS8::kParamsText;

  struct Buffers {
    const int16_t* input;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
