// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/norm.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/norm.hpp"

namespace tmc::kernels::portable {

// What their work is linear in: rows and elements; of floats also those whose mean is taken off.
inline CostFeatures cost_features(Of<NormF32>, const NormF32::Params& p) {
  const double elements = 1.0 * p.rows * p.depth;
  return {1.0 * p.rows, elements, p.centred != 0 ? elements : 0};
}
inline CostFeatures cost_features(Of<NormS8>, const NormS8::Params& p) {
  return {1.0 * (p.elements / p.depth), 1.0 * p.elements};
}
inline CostFeatures cost_features(Of<NormS16>, const NormS16::Params& p) {
  return {1.0 * (p.elements / p.depth), 1.0 * p.elements};
}

}  // namespace tmc::kernels::portable
