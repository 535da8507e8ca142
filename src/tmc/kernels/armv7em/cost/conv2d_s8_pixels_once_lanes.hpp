// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of conv2d_s8_pixels_lanes.
#include "tmc/kernels/armv7em/conv2d_s8_pixels_once_lanes.hpp"
#include "tmc/kernels/armv7em/cost/conv2d_s8_pixels_lanes.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8PixelsOnceLanes>, const armv7em::Conv2dS8PixelsOnceLanes::Params& p) {
  return cost_terms(Tag<armv7em::Conv2dS8PixelsLanes>{}, p);
}

}  // namespace tmc::kernels
