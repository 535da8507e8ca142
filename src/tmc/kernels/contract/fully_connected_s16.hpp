// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// fully_connected_s8 over int16 activations, whose zero points are 0: both are 0 in Params, and every body asks for it.
//
//   output[b, o] = rescale(bias[o] + sum over i of input[b, i] * weights[o, i])
//
// clamped to [activation_min, activation_max]; sums and rescale are those of conv2d_s16. The model's constants are
// those of fully_connected_s8.

#include "tmc/kernels/contract/fully_connected_s8.hpp"

namespace tmc::kernels {

struct FullyConnectedS16 {
  static constexpr const char* kName = "fully_connected_s16";

  using Params = FullyConnectedS8::Params;
  static constexpr const char* kParamsText = FullyConnectedS8::kParamsText;

  using Buffers = ChannelBuffers<int16_t>;
  static constexpr const auto& kBuffers = kChannelBuffers;

  static constexpr bool is_symmetric(const Params& p) { return p.input_zero_point == 0 && p.output_zero_point == 0; }
};

}  // namespace tmc::kernels
