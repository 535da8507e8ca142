// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output[b, o] = requantise(bias[o] + sum over i of (input[b, i] - input_zero_point) * weights[o, i]), clamped to
// [activation_min, activation_max]. Requantise: two roundings (base/fixed_point.hpp), then + output_zero_point.
//
// The model's constants, in order: weights i8 [outputs, inputs], bias i32 [outputs], multiplier i32 [outputs],
// shift i32 [outputs].
//
// Of int16 the zero points are 0: both are 0 in Params, and every implementation asks for it; sums and requantise are
// those of conv2d_s16.
//
// In float, output[b, o] = bias[o] + sum over i of input[b, i] * weights[o, i], clamped likewise; every implementation
// adds up in this order, as in conv2d_f32. The model's constants are then weights f32, or f16 with half_weights = 1,
// [outputs, inputs]; bias f32 [outputs].

#include "tmc/kernels/contract/detail/channel_buffers.hpp"

namespace tmc::kernels {

// input [batch, inputs], output [batch, outputs]
struct QuantizedFullyConnected {
  static constexpr Access kAccess = Access::kDense;
  TMC_PARAMS(int32_t batch, inputs, outputs; int32_t input_zero_point, output_zero_point;
             int32_t activation_min, activation_max;)
  static constexpr const auto& kBuffers = kChannelBuffers;
  static constexpr bool is_symmetric(const Params& p) { return p.input_zero_point == 0 && p.output_zero_point == 0; }
};

struct FullyConnectedS8 : QuantizedFullyConnected {
  static constexpr const char* kName = "fully_connected_s8";
  using Buffers = ChannelBuffers<int8_t>;
};

// Of every output a table is looked up, the model's last constant: i8 [256], element q + 128 of it for q.
struct FullyConnectedS8Table : QuantizedFullyConnected {
  static constexpr const char* kName = "fully_connected_s8_table";
  using Buffers = TableChannelBuffers;
  static constexpr const auto& kBuffers = kTableChannelBuffers;
};

struct FullyConnectedS16 : QuantizedFullyConnected {
  static constexpr const char* kName = "fully_connected_s16";
  using Buffers = ChannelBuffers<int16_t>;
};

struct FullyConnectedF32 {
  static constexpr const char* kName = "fully_connected_f32";

  static constexpr Access kAccess = Access::kDense;
  TMC_PARAMS(int32_t batch, inputs, outputs; int32_t half_weights; float activation_min, activation_max;)

  struct Buffers {
    const float* input;   // [batch, inputs]
    const void* weights;  // as the implementation's pack lays them out
    const float* bias;    // as the implementation's pack lays it out
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
