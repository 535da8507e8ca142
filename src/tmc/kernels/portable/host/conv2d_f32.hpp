// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/conv2d_f32.hpp.

#include "tmc/kernels/portable/conv2d_f32.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: those of detail/terms.hpp, products with halves apart.
inline CostFeatures cost_features(Of<Conv2dF32>, const Conv2dF32::Params& p) {
  CostFeatures terms = window_terms(p);
  terms.push_back(p.half_weights ? terms.back() : 0);
  return terms;
}

}  // namespace tmc::kernels::portable
