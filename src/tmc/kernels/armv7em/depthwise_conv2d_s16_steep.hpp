// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// depthwise_conv2d_s16 for multipliers of a half and more, whose channels are rescaled in two instructions.

#include "tmc/kernels/armv7em/depthwise_conv2d_s16.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS16Steep : DepthwiseConv2dS16Of<SteepChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS16Of::instructions(p) + 2.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
