// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output[b, c] = requantise(bias[c] + sum over i of (input[b, c, i] - input_zero_point) * weights[c, i]) +
// output_zero_point, saturated: a channel sums over a row of its own, as an SVDF layer does over what it remembers. The
// input is i8 or i16 (`input_dtype`). Sums are modulo 2^32; requantise: two roundings (base/fixed_point.hpp).
//
// The model's constants, in order: weights i16 [channels, depth], bias i32 [channels].

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct ChannelProductsS8 {
  static constexpr const char* kName = "channel_products_s8";
  static constexpr Access kAccess = Access::kChannelRows;
  TMC_PARAMS(int32_t batch, channels, depth; int32_t input_dtype, input_zero_point; int32_t multiplier, shift;
             int32_t output_zero_point;)

  struct Buffers {
    const void* input;       // [batch, channels, depth]
    const int16_t* weights;  // as the model has them
    const int32_t* bias;     // with what the zero point adds
    int8_t* output;          // [batch, channels]
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"weights", Role::kConstant}, {"bias", Role::kConstant}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
