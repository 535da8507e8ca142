// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = function(input) in float, element by element. No model constants.
//
//   kClip       input limited to [low, high]
//   kLeakyRelu  input, or low * input where it is negative
//   kSigmoid, kTanh  as base/math.hpp states their errors
//   kHardSwish  input * clip(input + 3, 0, 6) / 6
//   kSqrt, kExp, kErf  as base/math.hpp states their errors
//   kGelu       input / 2 * (1 + erf(input / sqrt(2)))
//   kGeluByTanh input / 2 * (1 + tanh(sqrt(2 / pi) * (input + 0.044715 * input^3)))

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct UnaryF32 {
  static constexpr const char* kName = "unary_f32";

  enum Function : int32_t {
    kClip,
    kLeakyRelu,
    kSigmoid,
    kTanh,
    kHardSwish,
    kSqrt,
    kExp,
    kErf,
    kGelu,
    kGeluByTanh,
  };
  static constexpr int32_t kFunctions = kGeluByTanh + 1;

  struct Params {
    int32_t elements;
    int32_t function;
    float low, high;
  };
  static constexpr ParamInfo kParams[] = {{"elements"}, {"function"}, {"low", 1, true}, {"high", 1, true}};

  struct Buffers {
    const float* input;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
