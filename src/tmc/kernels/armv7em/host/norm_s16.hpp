// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementation of armv7em/norm_s16.hpp.

#include "tmc/kernels/armv7em/norm_s16.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: rows, turns of their elements, and elements that are left.
inline CostFeatures cost_features(Of<NormS16>, const NormS16::Params& p) {
  const double rows = static_cast<double>(p.elements / p.depth);
  return {rows, rows * (p.depth / NormS16::kTurn), rows * (p.depth % NormS16::kTurn)};
}

}  // namespace tmc::kernels::armv7em
