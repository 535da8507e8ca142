// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementation of portable/attention.hpp.

#include "tmc/kernels/portable/attention.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<AttentionF32>, const AttentionF32::Params& p) {
  return attention_terms(p);
}

}  // namespace tmc::kernels::portable
