// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/matmul.hpp.

#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/matmul.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<MatmulS8>, const MatmulS8::Params& p) {
  return matmul_terms(p);
}

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<MatmulS16>, const MatmulS16::Params& p) {
  return matmul_terms(p);
}

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<MatmulF32>, const MatmulF32::Params& p) {
  return matmul_terms(p);
}

}  // namespace tmc::kernels::portable
