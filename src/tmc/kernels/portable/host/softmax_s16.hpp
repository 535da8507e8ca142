// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/softmax_s16.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/softmax_s16.hpp"

namespace tmc::kernels::portable {

// The tables as the model has them.
inline Blobs pack(Of<SoftmaxS16>, const SoftmaxS16::Params&, Constants constants) {
  return pack_tables(constants);
}

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<SoftmaxS16>, const SoftmaxS16::Params& p) {
  return softmax_terms(p);
}

}  // namespace tmc::kernels::portable
