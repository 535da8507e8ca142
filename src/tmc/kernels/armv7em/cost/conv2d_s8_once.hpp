// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of conv2d_s8.
#include "tmc/kernels/armv7em/conv2d_s8_once.hpp"
#include "tmc/kernels/armv7em/cost/conv2d_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8Once>, const armv7em::Conv2dS8Once::Params& p) {
  return cost_terms(Tag<armv7em::Conv2dS8>{}, p);
}

}  // namespace tmc::kernels
