// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/softmax_f32.hpp.

#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/softmax_f32.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<SoftmaxF32>, const SoftmaxF32::Params& p) {
  return softmax_terms(p);
}

}  // namespace tmc::kernels::portable
