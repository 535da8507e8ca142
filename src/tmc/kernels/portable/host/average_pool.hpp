// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/average_pool.hpp.

#include "tmc/kernels/portable/average_pool.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
template <typename Contract, typename T>
CostFeatures cost_features(Of<AveragePoolImplementation<Contract, T>>, const typename Contract::Params& p) {
  return pool_terms(p);
}
inline CostFeatures cost_features(Of<AveragePoolF32>, const AveragePoolF32::Params& p) {
  return pool_terms(p);
}

}  // namespace tmc::kernels::portable
