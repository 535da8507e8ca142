// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/mean.hpp.

#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/mean.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
template <typename Contract, typename T>
CostFeatures cost_features(Of<QuantizedMeanImplementation<Contract, T>>, const typename Contract::Params& p) {
  return mean_terms(p);
}

}  // namespace tmc::kernels::portable
