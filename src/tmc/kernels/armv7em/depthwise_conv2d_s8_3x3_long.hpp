// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// depthwise_conv2d_s8_3x3 for requantisations that it refuses: in the long form of detail/long_channel.hpp.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS83x3Long : DepthwiseConv2dS83x3Of<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS83x3Of::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
