// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The convolution of conv2d_f32, without groups, of an image [batch, input_c, input_h, input_w]; the output is NHWC all
// the same. For the first layer of a model whose input is NCHW: the image is read as it lies, and neither the time nor
// the memory for another copy of it is spent. Constants, order of addition and so every bit of the output are those of
// conv2d_f32 on the transposed image.

#include "tmc/kernels/contract/conv2d_f32.hpp"

namespace tmc::kernels {

struct Conv2dPlanarF32 {
  static constexpr const char* kName = "conv2d_planar_f32";

  using Params = Conv2dF32::Params;
  static constexpr const char* kParamsText = Conv2dF32::kParamsText;

  using Buffers = Conv2dF32::Buffers;
  static constexpr const auto& kBuffers = Conv2dF32::kBuffers;
};

}  // namespace tmc::kernels
