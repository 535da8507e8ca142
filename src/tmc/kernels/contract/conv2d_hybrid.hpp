// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two-dimensional convolution with int8 weights of an image that is quantised at run time, NHWC, in float otherwise;
// depthwise and fully connected layers too (groups == input_c, and rows as batch items of one pixel). With g = o /
// (output_c / groups) the group of output channel o, and scale and zero point of the batch item:
//
//   sum = sum over ky, kx, c of (input[b, y * stride_h - pad_top + ky * dilation_h,
//       x * stride_w - pad_left + kx * dilation_w, g * (input_c / groups) + c] - zero_point) * weights[o, ky, kx, c]
//   output[b, y, x, o] = sum * weight_scale[o] * scale + bias[o]
//
// clamped to [activation_min, activation_max]; what lies outside the input adds nothing. Sums are integers, modulo
// 2^32; the products are rounded to float one by one. Source: LiteRT's HybridConvPerChannel.
//
// The model's constants, in order: weights i8 [output_c, kernel_h, kernel_w, input_c / groups], weight_scale f32
// [output_c], bias f32 [output_c].

#include "tmc/kernels/contract/detail/dynamic_quantization.hpp"
#include "tmc/kernels/contract/detail/window_params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Conv2dHybrid {
  static constexpr const char* kName = "conv2d_hybrid";

  static constexpr Access kAccess = Access::kQuantizedWindow;
  TMC_PARAMS(TMC_CONVOLUTION_WINDOW int32_t groups; float activation_min, activation_max;)

  struct Buffers {
    const void* input;          // detail/dynamic_quantization.hpp; elements [batch, input_h, input_w, input_c]
    const void* weights;        // as the implementation's pack lays them out
    const float* weight_scale;  // [output_c]
    const float* bias;          // [output_c]
    float* output;              // [batch, output_h, output_w, output_c]
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},           {"weights", Role::kConstant},
                                            {"weight_scale", Role::kConstant}, {"bias", Role::kConstant},
                                            {"output", Role::kOutput},         {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
