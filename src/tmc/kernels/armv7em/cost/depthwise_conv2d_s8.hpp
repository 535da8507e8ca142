// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: pixels, blocks of four channels, their rows, taps, and taps inside the input, of channels
// that read neighbouring ones or not.
#include "tmc/kernels/armv7em/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dS8>, const armv7em::DepthwiseConv2dS8::Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double blocks = armv7em::groups_of_four(p.output_c);
  const double inside = p.batch * taps_inside(p);
  const bool are_words = p.output_c == p.input_c;
  const double partial = are_words && p.output_c % 4 != 0 ? 1 : 0;
  return {pixels,
          pixels * (p.kernel_h + p.kernel_w),
          pixels * blocks,
          pixels * blocks * p.kernel_h,
          pixels * blocks * p.kernel_h * p.kernel_w,
          inside * blocks,
          are_words ? 0 : inside * blocks,
          inside * partial,
          clamped_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

}  // namespace tmc::kernels
