// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = a * b, element by element, with broadcasting: the product of the differences from the zero points,
// requantised with two roundings (base/fixed_point.hpp), then + output_zero_point and clamped to [activation_min,
// activation_max]. Extents and strides as in add_s8. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MulS8 {
  static constexpr const char* kName = "mul_s8";

  TMC_PARAMS(int32_t extents[4]; int32_t a_strides[4]; int32_t b_strides[4]; int32_t a_zero_point, b_zero_point;
             int32_t output_zero_point, output_multiplier, output_shift; int32_t activation_min, activation_max;)

  struct Buffers {
    const int8_t* a;
    const int8_t* b;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
