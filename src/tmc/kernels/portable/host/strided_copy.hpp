// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/strided_copy.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/strided_copy.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: runs along each of the innermost axes, and elements.
inline CostFeatures cost_features(Of<StridedCopy>, const StridedCopy::Params& p) {
  CostFeatures terms;
  double runs = 1;
  for (const int32_t extent : p.extents) terms.push_back(runs *= extent);
  return {terms[3], terms[4], terms[5]};
}

}  // namespace tmc::kernels::portable
