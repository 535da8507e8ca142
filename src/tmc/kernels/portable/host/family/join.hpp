// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/family/join.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/family/join.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: rows and elements.
template <typename Function, typename T>
CostFeatures cost_features(Of<Join<Function, T>>, const typename Join<Function, T>::Params& p) {
  const auto elements = static_cast<double>(broadcast_elements(p));
  return {elements / p.extents[3], elements};
}

}  // namespace tmc::kernels::portable
