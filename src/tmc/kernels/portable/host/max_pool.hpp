// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/max_pool.hpp.

#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/max_pool.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
template <typename Contract, typename T>
CostFeatures cost_features(Of<MaxPoolImplementation<Contract, T>>, const typename Contract::Params& p) {
  return pool_terms(p);
}
inline CostFeatures cost_features(Of<MaxPoolF32>, const MaxPoolF32::Params& p) {
  return pool_terms(p);
}

}  // namespace tmc::kernels::portable
