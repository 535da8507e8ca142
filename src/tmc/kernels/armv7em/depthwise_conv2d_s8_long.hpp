// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// depthwise_conv2d_s8 for requantisations that it refuses: in the long form of detail/long_channel.hpp.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS8Long : DepthwiseConv2dS8Of<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS8Of::instructions(p) + 4.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
