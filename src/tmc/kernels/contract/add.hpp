// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = a + b_sign * b, element by element, with broadcasting, of int8 and int16; serves addition and subtraction.
//
// As TFLite's reference: each difference from the zero point is shifted left by kLeftShift bits and requantised with
// its own multiplier (a_shift, b_shift <= 0) onto a common scale; the sum is requantised with the output's, then
// clamped to [activation_min, activation_max]. As in TFLite all zero points of int16 are 0, and its difference is a sum
// with a negative b_multiplier, whose products round half up as others do: b_sign is 1.
//
// The output is dense, [extents[0], .. extents[3]]; an operand's stride is in elements and 0 where it is broadcast.
// No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"

namespace tmc::kernels {

struct AddOf {
  static constexpr Access kAccess = Access::kBroadcast;
  TMC_PARAMS(int32_t extents[4]; int32_t a_strides[4]; int32_t b_strides[4];
             int32_t a_zero_point, a_multiplier, a_shift; int32_t b_zero_point, b_multiplier, b_shift;
             int32_t b_sign;  // 1 or -1
             int32_t output_zero_point, output_multiplier, output_shift; int32_t activation_min, activation_max;)
};

struct AddS8 : AddOf {
  static constexpr const char* kName = "add_s8";
  static constexpr int32_t kLeftShift = 20;

  struct Buffers {
    const int8_t* a;
    const int8_t* b;
    const void* form;  // what the implementation's pack makes of the parameters
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"a", Role::kInput}, {"b", Role::kInput}, {"form", Role::kConstant}, {"output", Role::kOutput}};
};

struct AddS16 : AddOf {
  static constexpr const char* kName = "add_s16";
  static constexpr int32_t kLeftShift = 15;
  using Buffers = BinaryBuffers<int16_t>;
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

}  // namespace tmc::kernels
