// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: that of conv2d_s8_pixels, and weight words to unpack.
#include "tmc/kernels/armv7em/conv2d_s8_pixels_lanes.hpp"
#include "tmc/kernels/armv7em/cost/conv2d_s8_pixels.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8PixelsLanes>, const armv7em::Conv2dS8PixelsLanes::Params& p) {
  CostTerms terms = cost_terms(Tag<armv7em::Conv2dS8Pixels>{}, p);
  terms.push_back(1.0 * p.output_c * armv7em::window_groups(p));
  return terms;
}

}  // namespace tmc::kernels
