// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of depthwise_conv2d_s8_lines.
#include "tmc/kernels/armv7em/cost/depthwise_conv2d_s8_lines.hpp"
#include "tmc/kernels/armv7em/depthwise_conv2d_s8_lines_long.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dS8LinesLong>,
                            const armv7em::DepthwiseConv2dS8Lines::Params& p) {
  return cost_terms(Tag<armv7em::DepthwiseConv2dS8Lines>{}, p);
}

}  // namespace tmc::kernels
