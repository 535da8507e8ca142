// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/mul_s16.hpp.

#include "tmc/kernels/armv7em/host/detail/broadcast_terms.hpp"
#include "tmc/kernels/armv7em/mul_s16.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: detail/broadcast_terms.hpp.
inline CostFeatures cost_features(Of<MulS16>, const MulS16::Params& p) {
  return broadcast_terms(p, 2);
}

}  // namespace tmc::kernels::armv7em
