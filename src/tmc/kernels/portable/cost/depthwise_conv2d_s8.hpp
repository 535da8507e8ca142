// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: values, rows of their windows, taps inside the input, and the channels of those.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/depthwise_conv2d_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::DepthwiseConv2dS8>, const portable::DepthwiseConv2dS8::Params& p) {
  const double values = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
  const double inside = p.batch * taps_inside(p) * p.output_c;
  return {values, values * p.kernel_h, values * p.kernel_h * p.kernel_w, inside, inside * p.input_c / p.groups};
}

}  // namespace tmc::kernels
