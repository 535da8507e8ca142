// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementation of armv7em/norm_s8.hpp.

#include "tmc/kernels/armv7em/norm_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: rows, those that are not centred, turns of their elements, and elements that are left.
inline CostFeatures cost_features(Of<NormS8>, const NormS8::Params& p) {
  const double rows = static_cast<double>(p.elements / p.depth);
  const int32_t turns = p.shift == NormS8::kUsualShift ? p.depth / NormS8::kTurn : 0;
  return {rows, p.centred != 0 ? 0 : rows, rows * turns, rows * (p.depth - turns * NormS8::kTurn)};
}

}  // namespace tmc::kernels::armv7em
