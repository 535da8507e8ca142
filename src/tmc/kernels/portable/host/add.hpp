// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/add.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/add.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// The portable implementation computes from the parameters alone.
inline Blobs pack(Of<AddS8>, const AddS8::Params&, Constants) {
  return {{Blob{}}};
}

// What its work is linear in: detail/terms.hpp.
template <typename Contract, typename T>
CostFeatures cost_features(Of<AddImplementation<Contract, T>>, const typename Contract::Params& p) {
  return broadcast_terms(p);
}

}  // namespace tmc::kernels::portable
