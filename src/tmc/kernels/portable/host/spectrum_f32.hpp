// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of portable/spectrum_f32.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/spectrum_f32.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: lines, their points, those that stand for two real samples, and points of the stages of
// even radices and of odd ones, the latter also times the radix.
template <typename Params>
CostFeatures spectrum_terms(const Params& p) {
  const double lines = 1.0 * p.outer * p.inner;
  const double points = lines * dft::points_of(p);
  const mixed_radix::Stages stages = mixed_radix::stages_of(dft::points_of(p));
  CostFeatures terms = {lines, points, dft::is_halved(p) ? points : 0, 0, 0, 0};
  for (int32_t i = 0; i < stages.count; ++i) {
    const bool is_odd = stages.radix[i] % 2 != 0;
    terms[is_odd ? 4 : 3] += points;
    if (is_odd) terms[5] += points * stages.radix[i];
  }
  return terms;
}
inline CostFeatures cost_features(Of<DftF32>, const DftF32::Params& p) {
  return spectrum_terms(p);
}
inline CostFeatures cost_features(Of<StftF32>, const StftF32::Params& p) {
  return spectrum_terms(p);
}

}  // namespace tmc::kernels::portable
