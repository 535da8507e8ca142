// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logistic function of int16, or with tanh = 1 the hyperbolic tangent; the output has scale 1/32768. Bit for bit
// TFLite's integer reference. The input times `multiplier`, rounded and shifted right by `shift` bits, is q = 12288 x;
// |q| is cut into a step of the table and a fraction of 9 bits, or of 8 for the tangent of x, which is that of 2 x
// doubled and centred. Between entries is interpolated; from 255 steps on the function is one.
//
// The model's constant: sigmoids u16 [256], of which element i is the logistic function of i / 24, times 65536,
// about.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct SigmoidS16 {
  static constexpr const char* kName = "sigmoid_s16";
  // Up to here a multiplier's product with an input fits 32 bits; where it is shifted, multipliers are below 2^15.
  static constexpr int32_t kMaxUnshifted = 65535;

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t multiplier, shift;  // shift in [0, 31]
             int32_t tanh;)

  struct Buffers {
    const int16_t* input;
    const uint16_t* sigmoids;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"sigmoids", Role::kConstant}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
