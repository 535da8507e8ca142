// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for weights that four bits hold: `group_inputs` successive weights of an output channel, in the order
// [kernel_h, kernel_w, input_c], are integers within [-8, 7] times one multiplier within [1, 16]; the last group of a
// channel may be shorter. Bodies store integers and multipliers two to a byte, and need a multiplication for a group:
//
//   sum over i of input[i] * weights[i] = sum over groups g of multiplier[g] * sum over i in g of input[i] * integer[i]
//
// The products are int8, so that this is the arithmetic of conv2d_s8, bit for bit, and its sums are bounded by the same
// weights: only storage differs. Each input channel reaches each output channel.
//
// The model's constants are those of conv2d_s8, with the products as weights; `pack` takes them apart
// (host/four_bit_groups.hpp) and refuses what is of another form.

#include "tmc/kernels/contract/conv2d_s8.hpp"

namespace tmc::kernels {

struct Conv2dS4 {
  static constexpr const char* kName = "conv2d_s4";

  struct Params {
    int32_t batch;
    int32_t input_h, input_w, input_c;
    int32_t output_h, output_w, output_c;
    int32_t kernel_h, kernel_w;
    int32_t stride_h, stride_w;
    int32_t dilation_h, dilation_w;
    int32_t pad_top, pad_left;
    int32_t group_inputs;
    int32_t input_zero_point, output_zero_point;
    int32_t activation_min, activation_max;
  };
  static constexpr ParamInfo kParams[] = {
      {"batch"},        {"input_h"},          {"input_w"},           {"input_c"},        {"output_h"},
      {"output_w"},     {"output_c"},         {"kernel_h"},          {"kernel_w"},       {"stride_h"},
      {"stride_w"},     {"dilation_h"},       {"dilation_w"},        {"pad_top"},        {"pad_left"},
      {"group_inputs"}, {"input_zero_point"}, {"output_zero_point"}, {"activation_min"}, {"activation_max"}};

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
