// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/conv2d_hybrid.hpp"
#include "tmc/kernels/portable/cost/terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::Conv2dHybrid>, const portable::Conv2dHybrid::Params& p) {
  return portable::window_terms(p);
}

}  // namespace tmc::kernels
