// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of depthwise_conv2d_s8_3x3.
#include "tmc/kernels/armv7em/cost/depthwise_conv2d_s8_3x3.hpp"
#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3_once.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dS83x3Once>, const armv7em::DepthwiseConv2dS83x3::Params& p) {
  return cost_terms(Tag<armv7em::DepthwiseConv2dS83x3>{}, p);
}

}  // namespace tmc::kernels
