// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_hybrid for weights that four bits hold: `group_inputs` successive weights of an output channel, in the order
// [kernel_h, kernel_w, input_c], are multiplier * (integer - zero point) with one multiplier within [1, 15] and one
// zero point within [0, 15] for the group, and integers within [0, 15]; the last group of a channel may be shorter.
// Implementations store integers two to a byte, and multiplier and zero point of a group in one:
//
//   sum over i of input[i] * weights[i] = sum over groups g of multiplier[g] *
//       (sum over i in g of input[i] * integer[i] - zero_point[g] * sum over i in g of input[i])
//
// The products are int8, so that this is the arithmetic of conv2d_hybrid, bit for bit: sums are integers, modulo 2^32,
// and what follows is rounded to float as there. Each input channel reaches each output channel.
//
// The model's constants are those of conv2d_hybrid, with the products as weights; `pack` takes them apart
// (host/leaning_groups.hpp) and refuses what is of another form.

#include "tmc/kernels/contract/conv2d_hybrid.hpp"

namespace tmc::kernels {

struct Conv2dHybridS4 {
  static constexpr const char* kName = "conv2d_hybrid_s4";

  static constexpr Access kAccess = Access::kQuantizedWindow;
  TMC_PARAMS(TMC_CONVOLUTION_WINDOW int32_t group_inputs; float activation_min, activation_max;)

  using Buffers = Conv2dHybrid::Buffers;
  static constexpr const auto& kBuffers = Conv2dHybrid::kBuffers;

  // The same convolution with its weights in bytes, and the reverse.
  static constexpr Conv2dHybrid::Params in_bytes(const Params& p) {
    return {p.batch,      p.input_h,  p.input_w,  p.input_c,  p.output_h,       p.output_w,
            p.output_c,   p.kernel_h, p.kernel_w, p.stride_h, p.stride_w,       p.dilation_h,
            p.dilation_w, p.pad_top,  p.pad_left, 1,          p.activation_min, p.activation_max};
  }
  static constexpr Params in_groups(const Conv2dHybrid::Params& p, int32_t group_inputs) {
    return {p.batch,      p.input_h,  p.input_w,  p.input_c,    p.output_h,       p.output_w,
            p.output_c,   p.kernel_h, p.kernel_w, p.stride_h,   p.stride_w,       p.dilation_h,
            p.dilation_w, p.pad_top,  p.pad_left, group_inputs, p.activation_min, p.activation_max};
  }

  static constexpr int32_t inputs(const Params& p) { return p.kernel_h * p.kernel_w * p.input_c; }
  static constexpr int32_t groups(const Params& p) { return (inputs(p) + p.group_inputs - 1) / p.group_inputs; }
};

}  // namespace tmc::kernels
