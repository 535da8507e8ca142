// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: armv7em/cost/window_terms.hpp, and groups of weights.
#include "tmc/kernels/armv7em/conv2d_s4.hpp"
#include "tmc/kernels/armv7em/cost/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS4>, const armv7em::Conv2dS4::Params& p) {
  const Conv2dS8::Params same = Conv2dS4::in_bytes(p);
  CostTerms terms = armv7em::window_terms(same, armv7em::kTilePixels);
  terms.push_back(armv7em::count_windows(same, armv7em::kTilePixels).tiles * (p.output_c / 2) * Conv2dS4::groups(p));
  return terms;
}

}  // namespace tmc::kernels
