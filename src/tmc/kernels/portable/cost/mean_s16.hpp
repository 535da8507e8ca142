// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/mean_s16.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MeanS16>, const portable::MeanS16::Params& p) {
  return portable::mean_terms(p);
}

}  // namespace tmc::kernels
