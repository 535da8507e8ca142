// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/mul.hpp.

#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/mul.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
template <typename Contract, typename T>
CostFeatures cost_features(Of<MulImplementation<Contract, T>>, const typename Contract::Params& p) {
  return broadcast_terms(p);
}

}  // namespace tmc::kernels::portable
