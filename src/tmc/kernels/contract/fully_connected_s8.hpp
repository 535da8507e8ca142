// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output[b, o] = requantise(bias[o] + sum over i of (input[b, i] - input_zero_point) * weights[o, i]), clamped to
// [activation_min, activation_max]. Requantise: two roundings (base/fixed_point.hpp), then + output_zero_point.
//
// The model's constants, in order: weights i8 [outputs, inputs], bias i32 [outputs], multiplier i32 [outputs],
// shift i32 [outputs].

#include "tmc/kernels/contract/detail/channel_buffers.hpp"

namespace tmc::kernels {

struct FullyConnectedS8 {
  static constexpr const char* kName = "fully_connected_s8";

  TMC_PARAMS(int32_t batch, inputs, outputs; int32_t input_zero_point, output_zero_point;
             int32_t activation_min, activation_max;)

  // input [batch, inputs], output [batch, outputs]
  using Buffers = ChannelBuffers<int8_t>;
  static constexpr const auto& kBuffers = kChannelBuffers;
};

}  // namespace tmc::kernels
