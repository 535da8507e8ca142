// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: channel pairs to unpack, windows and how they are copied, steps of eight inputs, channel
// pairs, their words and groups of weights, and outputs that are moved or clamped.
#include "tmc/kernels/armv7em/conv2d_s4_single.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS4Single>, const armv7em::Conv2dS4Single::Params& p) {
  using Body = armv7em::Conv2dS4Single;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double copied = Body::is_one_tap(p) ? 0 : pixels;
  const double pairs = Body::pairs(p);
  return {pairs,
          pixels,
          copied * p.kernel_h,
          copied * Body::steps(p),
          pixels * Body::steps(p),
          pixels * pairs,
          pixels * pairs * armv7em::groups_of_four(Conv2dS4::inputs(p)),
          pixels * pairs * Conv2dS4::groups(p),
          p.output_c % 2 == 0 ? 0 : pixels * p.output_c,
          clamped_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

}  // namespace tmc::kernels
