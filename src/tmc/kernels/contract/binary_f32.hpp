// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = operation(a, b) in float, element by element, with broadcasting, clamped to [activation_min,
// activation_max]. Extents and strides as in add_s8. No model constants; either operand may lie in flash.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct BinaryF32 {
  static constexpr const char* kName = "binary_f32";

  enum Operation : int32_t { kAdd, kSub, kMul, kDiv, kMin, kMax };

  struct Params {
    int32_t extents[4];
    int32_t a_strides[4];
    int32_t b_strides[4];
    int32_t operation;
    float activation_min, activation_max;
  };
  static constexpr ParamInfo kParams[] = {{"extents", 4},
                                          {"a_strides", 4},
                                          {"b_strides", 4},
                                          {"operation"},
                                          {"activation_min", 1, true},
                                          {"activation_max", 1, true}};

  struct Buffers {
    const float* a;
    const float* b;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
