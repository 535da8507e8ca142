// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The convolution of conv2d_s16 where every input channel is a group of its own, as depthwise_conv2d_s8 is that of
// conv2d_s8: groups == input_c, and output_c is a multiple of it. The model's constants are those of conv2d_s8.

#include "tmc/kernels/contract/conv2d_s16.hpp"

namespace tmc::kernels {

struct DepthwiseConv2dS16 {
  static constexpr const char* kName = "depthwise_conv2d_s16";

  using Params = Conv2dS16::Params;
  static constexpr const char* kParamsText = Conv2dS16::kParamsText;

  using Buffers = Conv2dS16::Buffers;
  static constexpr const auto& kBuffers = Conv2dS16::kBuffers;
};

}  // namespace tmc::kernels
