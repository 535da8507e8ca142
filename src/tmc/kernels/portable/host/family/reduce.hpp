// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/family/reduce.hpp.

#include "tmc/kernels/portable/family/reduce.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
template <typename Reduction, typename T>
CostFeatures cost_features(Of<Reduce<Reduction, T>>, const typename Reduce<Reduction, T>::Params& p) {
  return mean_terms(p);
}

}  // namespace tmc::kernels::portable
