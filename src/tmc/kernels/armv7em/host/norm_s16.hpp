// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementation of armv7em/norm_s16.hpp.

#include "tmc/kernels/armv7em/norm_s16.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: rows and turns of their elements, where the mean is taken off and where not, and elements
// that are left.
inline CostFeatures cost_features(Of<NormS16>, const NormS16::Params& p) {
  const double rows = static_cast<double>(p.elements / p.depth), turns = rows * (p.depth / NormS16::kTurn);
  const double left = rows * (p.depth % NormS16::kTurn);
  if (p.centred != 0) return {rows, turns, 0, 0, left};
  return {0, 0, rows, turns, left};
}

}  // namespace tmc::kernels::armv7em
