// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for weights that four bits hold: `group_inputs` successive weights of an output channel, in the order
// [kernel_h, kernel_w, input_c], are integers within [-8, 7] times one multiplier within [1, 16]; the last group of a
// channel may be shorter. Implementations store integers and multipliers two to a byte, and need a multiplication for a
// group:
//
//   sum over i of input[i] * weights[i] = sum over groups g of multiplier[g] * sum over i in g of input[i] * integer[i]
//
// The products are int8, so that this is the arithmetic of conv2d_s8, bit for bit, and its sums are bounded by the same
// weights: only storage differs. Each input channel reaches each output channel.
//
// The model's constants are those of conv2d_s8, with the products as weights; `pack` takes them apart
// (host/four_bit_groups.hpp) and refuses what is of another form.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/detail/window_params.hpp"

namespace tmc::kernels {

struct Conv2dS4 {
  static constexpr const char* kName = "conv2d_s4";

  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_CONVOLUTION_WINDOW int32_t group_inputs; int32_t input_zero_point, output_zero_point;
             int32_t activation_min, activation_max;)

  using Buffers = Conv2dS8::Buffers;
  static constexpr const auto& kBuffers = Conv2dS8::kBuffers;

  // The same convolution with its weights in bytes, and the reverse.
  static constexpr Conv2dS8::Params in_bytes(const Params& p) {
    return {p.batch,    p.input_h,          p.input_w,           p.input_c,        p.output_h,
            p.output_w, p.output_c,         p.kernel_h,          p.kernel_w,       p.stride_h,
            p.stride_w, p.dilation_h,       p.dilation_w,        p.pad_top,        p.pad_left,
            1,          p.input_zero_point, p.output_zero_point, p.activation_min, p.activation_max};
  }
  static constexpr Params in_groups(const Conv2dS8::Params& p, int32_t group_inputs) {
    return {p.batch,      p.input_h,          p.input_w,           p.input_c,        p.output_h,
            p.output_w,   p.output_c,         p.kernel_h,          p.kernel_w,       p.stride_h,
            p.stride_w,   p.dilation_h,       p.dilation_w,        p.pad_top,        p.pad_left,
            group_inputs, p.input_zero_point, p.output_zero_point, p.activation_min, p.activation_max};
  }

  static constexpr int32_t inputs(const Params& p) { return p.kernel_h * p.kernel_w * p.input_c; }
  static constexpr int32_t groups(const Params& p) { return (inputs(p) + p.group_inputs - 1) / p.group_inputs; }
};

}  // namespace tmc::kernels
