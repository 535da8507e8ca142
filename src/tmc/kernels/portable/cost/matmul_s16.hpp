// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/matmul_s16.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MatmulS16>, const portable::MatmulS16::Params& p) {
  return portable::matmul_terms(p);
}

}  // namespace tmc::kernels
