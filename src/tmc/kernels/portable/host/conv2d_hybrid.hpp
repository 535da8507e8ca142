// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/conv2d_hybrid.hpp.

#include "tmc/kernels/portable/conv2d_hybrid.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<Conv2dHybrid>, const Conv2dHybrid::Params& p) {
  return window_terms(p);
}

}  // namespace tmc::kernels::portable
