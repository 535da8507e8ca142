// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/mul_s8.hpp.

#include "tmc/kernels/armv7em/host/detail/broadcast_terms.hpp"
#include "tmc/kernels/armv7em/mul_s8.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: rows and their words, of two tensors or of one and a single value.
inline CostFeatures cost_features(Of<MulS8>, const MulS8::Params& p) {
  return broadcast_terms(p, 8);
}

}  // namespace tmc::kernels::armv7em
