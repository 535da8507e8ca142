// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two-dimensional convolution, NHWC, of int8 and int16. With g = o / (output_c / groups) the group of output channel o:
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
//
// Of int16 the zero points are 0: both are 0 in Params, and every implementation asks for it. Sums have 64 bits, and
// requantise is the one rounding of a sum of 48 bits by a multiplier of 15 (multiply_by_reduced_multiplier in
// base/fixed_point.hpp, which says how shifts are bounded).
//
// Of int16 weights (w16), the model's are i16: those of int8 less a zero point, which have nine bits.
//
// Depthwise: every input channel is a group of its own, groups == input_c, and output_c is a multiple of it. Output
// channel o reads input channel o / (output_c / input_c). Contracts of their own, because no fast implementation serves
// both.

#include "tmc/kernels/contract/detail/channel_buffers.hpp"
#include "tmc/kernels/contract/detail/window_params.hpp"

namespace tmc::kernels {

// input [batch, input_h, input_w, input_c], output [batch, output_h, output_w, output_c]
struct QuantizedConv2d {
  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_CONVOLUTION_WINDOW int32_t groups; int32_t input_zero_point, output_zero_point;
             int32_t activation_min, activation_max;)
  static constexpr const auto& kBuffers = kChannelBuffers;
  static constexpr bool is_symmetric(const Params& p) { return p.input_zero_point == 0 && p.output_zero_point == 0; }
};

struct Conv2dS8 : QuantizedConv2d {
  static constexpr const char* kName = "conv2d_s8";
  using Buffers = ChannelBuffers<int8_t>;
};

// Of every output a table is looked up, the model's last constant: i8 [256], element q + 128 of it for q.
struct Conv2dS8Table : QuantizedConv2d {
  static constexpr const char* kName = "conv2d_s8_table";
  using Buffers = TableChannelBuffers;
  static constexpr const auto& kBuffers = kTableChannelBuffers;
};

// Depthwise as well.
struct Conv2dS8W16 : QuantizedConv2d {
  static constexpr const char* kName = "conv2d_s8_w16";
  using Buffers = WideChannelBuffers;
};

struct Conv2dS16 : QuantizedConv2d {
  static constexpr const char* kName = "conv2d_s16";
  using Buffers = ChannelBuffers<int16_t>;
};

struct DepthwiseConv2dS8 : Conv2dS8 {
  static constexpr const char* kName = "depthwise_conv2d_s8";
};

struct DepthwiseConv2dS16 : Conv2dS16 {
  static constexpr const char* kName = "depthwise_conv2d_s16";
};

}  // namespace tmc::kernels
