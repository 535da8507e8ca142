// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/max_pool_s16.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MaxPoolS16>, const portable::MaxPoolS16::Params& p) {
  return portable::pool_terms(p);
}

}  // namespace tmc::kernels
