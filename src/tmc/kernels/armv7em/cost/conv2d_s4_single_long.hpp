// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: the same as that of conv2d_s4_single.
#include "tmc/kernels/armv7em/conv2d_s4_single_long.hpp"
#include "tmc/kernels/armv7em/cost/conv2d_s4_single.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS4SingleLong>, const armv7em::Conv2dS4Single::Params& p) {
  return cost_terms(Tag<armv7em::Conv2dS4Single>{}, p);
}

}  // namespace tmc::kernels
