// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The convolution of conv2d_s8 over int16 activations, whose zero points are 0: both are 0 in Params, and every body
// asks for it. Weights and the other constants are those of conv2d_s8, in its order.
//
//   output[b, y, x, o] = rescale(bias[o] + sum over the window of input * weights)
//
// clamped to [activation_min, activation_max]. Sums have 64 bits; rescale is the one rounding of a sum of 48 bits by a
// multiplier of 15 (multiply_by_reduced_multiplier in base/fixed_point.hpp, which says how shifts are bounded).

#include "tmc/kernels/contract/conv2d_s8.hpp"

namespace tmc::kernels {

struct Conv2dS16 {
  static constexpr const char* kName = "conv2d_s16";

  using Params = Conv2dS8::Params;
  static constexpr const char* kParamsText = Conv2dS8::kParamsText;

  using Buffers = ChannelBuffers<int16_t>;
  static constexpr const auto& kBuffers = kChannelBuffers;

  static constexpr bool is_symmetric(const Params& p) { return p.input_zero_point == 0 && p.output_zero_point == 0; }
};

}  // namespace tmc::kernels
