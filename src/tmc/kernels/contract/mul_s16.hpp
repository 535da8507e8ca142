// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// mul_s8 on int16, with its parameters; all zero points are 0, as in TFLite. No model constants.

#include "tmc/kernels/contract/mul_s8.hpp"

namespace tmc::kernels {

struct MulS16 {
  static constexpr const char* kName = "mul_s16";

  using Params = MulS8::Params;
  static constexpr const char* kParamsText = MulS8::kParamsText;

  struct Buffers {
    const int16_t* a;
    const int16_t* b;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
