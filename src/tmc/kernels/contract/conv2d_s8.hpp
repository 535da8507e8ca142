// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two-dimensional convolution, NHWC. With g = o / (output_c / groups) the group of output channel o:
//
//   output[b, y, x, o] = requantise(bias[o] + sum over ky, kx, c of
//       (input[b, y * stride_h - pad_top + ky * dilation_h, x * stride_w - pad_left + kx * dilation_w,
//              g * (input_c / groups) + c] - input_zero_point) * weights[o, ky, kx, c])
//
// clamped to [activation_min, activation_max]; what lies outside the input adds nothing. Requantise: two roundings
// (base/fixed_point.hpp), then + output_zero_point. The padding below and to the right follows from the output's
// extents. Sums are taken modulo 2^32.
//
// The model's constants, in order: weights i8 [output_c, kernel_h, kernel_w, input_c / groups], bias i32 [output_c],
// multiplier i32 [output_c], shift i32 [output_c].

#include "tmc/kernels/contract/detail/channel_buffers.hpp"
#include "tmc/kernels/contract/detail/window_params.hpp"

namespace tmc::kernels {

struct Conv2dS8 {
  static constexpr const char* kName = "conv2d_s8";

  TMC_PARAMS(TMC_CONVOLUTION_WINDOW int32_t groups; int32_t input_zero_point, output_zero_point;
             int32_t activation_min, activation_max;)

  // input [batch, input_h, input_w, input_c], output [batch, output_h, output_w, output_c]
  using Buffers = ChannelBuffers<int8_t>;
  static constexpr const auto& kBuffers = kChannelBuffers;
};

}  // namespace tmc::kernels
