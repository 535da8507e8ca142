// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// add_s8 on int16: output = a + b, element by element, with broadcasting. Parameters are those of add_s8 with
// kLeftShift bits instead of 20. As in TFLite all zero points are 0, and a difference is a sum with a negative
// b_multiplier, whose products round half up as others do: b_sign is 1. No model constants.

#include "tmc/kernels/contract/add_s8.hpp"

namespace tmc::kernels {

struct AddS16 {
  static constexpr const char* kName = "add_s16";
  static constexpr int32_t kLeftShift = 15;

  using Params = AddS8::Params;
  static constexpr const char* kParamsText = AddS8::kParamsText;

  struct Buffers {
    const int16_t* a;
    const int16_t* b;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
