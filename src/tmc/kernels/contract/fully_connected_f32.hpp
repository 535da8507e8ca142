// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output[b, o] = bias[o] + sum over i of input[b, i] * weights[o, i], clamped to [activation_min, activation_max].
// Every body adds up in this order, as in conv2d_f32.
//
// The model's constants, in order: weights f32, or f16 with half_weights = 1, [outputs, inputs]; bias f32 [outputs].

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct FullyConnectedF32 {
  static constexpr const char* kName = "fully_connected_f32";

  TMC_PARAMS(int32_t batch, inputs, outputs; int32_t half_weights; float activation_min, activation_max;)

  struct Buffers {
    const float* input;   // [batch, inputs]
    const void* weights;  // as the body's pack lays them out
    const float* bias;    // as the body's pack lays it out
    float* output;        // [batch, outputs]
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},
                                            {"weights", Role::kConstant},
                                            {"bias", Role::kConstant},
                                            {"output", Role::kOutput},
                                            {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
