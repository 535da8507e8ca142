// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The convolution of conv2d_f32 where every input channel is a group of its own: groups == input_c, and output_c is a
// multiple of it. Output channel o reads input channel o / (output_c / input_c). A contract beside conv2d_f32 because
// no fast body serves both. The model's constants are those of conv2d_f32: weights [output_c, kernel_h, kernel_w, 1].

#include "tmc/kernels/contract/conv2d_f32.hpp"

namespace tmc::kernels {

struct DepthwiseConv2dF32 {
  static constexpr const char* kName = "depthwise_conv2d_f32";

  using Params = Conv2dF32::Params;
  static constexpr const char* kParamsText = Conv2dF32::kParamsText;

  using Buffers = Conv2dF32::Buffers;
  static constexpr const auto& kBuffers = Conv2dF32::kBuffers;
};

}  // namespace tmc::kernels
