// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of conv2d_s8_pixels.
#include "tmc/kernels/armv7em/conv2d_s8_pixels_once.hpp"
#include "tmc/kernels/armv7em/cost/conv2d_s8_pixels.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8PixelsOnce>, const armv7em::Conv2dS8PixelsOnce::Params& p) {
  return cost_terms(Tag<armv7em::Conv2dS8Pixels>{}, p);
}

}  // namespace tmc::kernels
