// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the bodies of portable/average_pool.hpp.

#include "tmc/kernels/portable/average_pool.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
template <typename Contract, typename T>
CostTerms cost_terms(Of<AveragePoolBody<Contract, T>>, const typename Contract::Params& p) {
  return pool_terms(p);
}
inline CostTerms cost_terms(Of<AveragePoolF32>, const AveragePoolF32::Params& p) {
  return pool_terms(p);
}

}  // namespace tmc::kernels::portable
