// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The convolution of conv2d_s8 where every input channel is a group of its own: groups == input_c, and output_c is a
// multiple of it. Output channel o reads input channel o / (output_c / input_c). A contract beside conv2d_s8 because no
// fast body serves both. The model's constants are those of conv2d_s8: weights i8 [output_c, kernel_h, kernel_w, 1].

#include "tmc/kernels/contract/conv2d_s8.hpp"

namespace tmc::kernels {

struct DepthwiseConv2dS8 {
  static constexpr const char* kName = "depthwise_conv2d_s8";

  using Params = Conv2dS8::Params;
  static constexpr const char* kParamsText = Conv2dS8::kParamsText;

  using Buffers = Conv2dS8::Buffers;
  static constexpr const auto& kBuffers = Conv2dS8::kBuffers;
};

}  // namespace tmc::kernels
