// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/max_pool_s8.hpp.

#include "tmc/kernels/armv7em/max_pool_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: pixels, and for blocks of sixteen, four and one channels the rows and taps of their
// windows.
inline CostFeatures cost_features(Of<MaxPoolS8>, const MaxPoolS8::Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  CostFeatures terms = {pixels};
  for (const int32_t blocks : {p.channels / 16, p.channels % 16 / 4, p.channels % 4}) {
    const double work = pixels * blocks;
    terms.insert(terms.end(), {work, work * p.kernel_h, work * p.kernel_h * p.kernel_w});
  }
  terms.push_back(clamped_values(p.activation_min, p.activation_max, pixels * p.channels));
  return terms;
}

}  // namespace tmc::kernels::armv7em
