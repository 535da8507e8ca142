// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp, and the groups that taps inside the input begin or go on with.
#include "tmc/kernels/portable/conv2d_s4.hpp"
#include "tmc/kernels/portable/cost/terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::Conv2dS4>, const portable::Conv2dS4::Params& p) {
  CostTerms terms = portable::window_terms(Conv2dS4::in_bytes(p));
  int32_t parts = 0;
  for (int32_t first = 0; first < Conv2dS4::inputs(p); first += p.input_c) {
    parts += (first + p.input_c - 1) / p.group_inputs - first / p.group_inputs + 1;
  }
  terms.push_back(p.batch * taps_inside(p) * p.output_c * parts / (p.kernel_h * p.kernel_w));
  return terms;
}

}  // namespace tmc::kernels
