// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/mean_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MeanS8>, const portable::MeanS8::Params& p) {
  return portable::mean_terms(p);
}

}  // namespace tmc::kernels
