// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two-dimensional convolution in float, NHWC. With g = o / (output_c / groups) the group of output channel o:
//
//   output[b, y, x, o] = bias[o] + sum over ky, kx, c of
//       input[b, y * stride_h - pad_top + ky * dilation_h, x * stride_w - pad_left + kx * dilation_w,
//             g * (input_c / groups) + c] * weights[o, ky, kx, c]
//
// clamped to [activation_min, activation_max]; what lies outside the input adds nothing. The padding below and to the
// right follows from the output's extents. Every implementation adds up in this order, from the bias on, and with fused
// multiply-add where the machine has it: implementations agree bit for bit on one machine, for finite values. Those of
// this computer (kernels/highway) fuse where the others may have been compiled without, and are near them.
//
// The model's constants, in order: weights f32, or f16 with half_weights = 1, [output_c, kernel_h, kernel_w,
// input_c / groups]; bias f32 [output_c].

#include "tmc/kernels/contract/detail/window_params.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Conv2dF32 {
  static constexpr const char* kName = "conv2d_f32";

  static constexpr Access kAccess = Access::kWindow;
  TMC_PARAMS(TMC_CONVOLUTION_WINDOW int32_t groups; int32_t half_weights; float activation_min, activation_max;)

  struct Buffers {
    const float* input;   // [batch, input_h, input_w, input_c]
    const void* weights;  // as the implementation's pack lays them out
    const float* bias;    // as the implementation's pack lays it out
    float* output;        // [batch, output_h, output_w, output_c]
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},
                                            {"weights", Role::kConstant},
                                            {"bias", Role::kConstant},
                                            {"output", Role::kOutput},
                                            {"scratch", Role::kScratch}};
};

// Where every input channel is a group of its own: groups == input_c, and output_c is a multiple of it. Output channel
// o reads input channel o / (output_c / input_c). A contract of its own, because no fast implementation serves both.
struct DepthwiseConv2dF32 : Conv2dF32 {
  static constexpr const char* kName = "depthwise_conv2d_f32";
};

// The convolution, without groups, of an image [batch, input_c, input_h, input_w]; the output is NHWC all the same. For
// the first layer of a model whose input is NCHW: the image is read as it lies, and neither the time nor the memory for
// another copy of it is spent. Constants, order of addition and so every bit of the output are those of conv2d_f32 on
// the transposed image.
struct Conv2dPlanarF32 : Conv2dF32 {
  static constexpr const char* kName = "conv2d_planar_f32";
  static constexpr Access kAccess = Access::kPlanarWindow;
};

}  // namespace tmc::kernels
