// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of depthwise_conv2d_s16.
#include "tmc/kernels/armv7em/cost/depthwise_conv2d_s16.hpp"
#include "tmc/kernels/armv7em/depthwise_conv2d_s16_steep.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dS16Steep>, const armv7em::DepthwiseConv2dS16::Params& p) {
  return cost_terms(Tag<armv7em::DepthwiseConv2dS16>{}, p);
}

}  // namespace tmc::kernels
