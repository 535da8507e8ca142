// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: those of portable/cost/terms.hpp, products with halves apart.
#include "tmc/kernels/portable/conv2d_planar_f32.hpp"
#include "tmc/kernels/portable/cost/terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::Conv2dPlanarF32>, const portable::Conv2dPlanarF32::Params& p) {
  CostTerms terms = portable::window_terms(p);
  terms.push_back(p.half_weights ? terms.back() : 0);
  return terms;
}

}  // namespace tmc::kernels
