// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// depthwise_conv2d_s8_3x3 for layers all of whose channels round once.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS83x3Once : DepthwiseConv2dS83x3Of<OnceChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS83x3Of::instructions(p) - 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
