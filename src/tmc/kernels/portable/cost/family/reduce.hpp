// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/family/reduce.hpp"

namespace tmc::kernels {

template <typename Reduction, typename T>
CostTerms cost_terms(Tag<portable::Reduce<Reduction, T>>, const typename portable::Reduce<Reduction, T>::Params& p) {
  return portable::mean_terms(p);
}

}  // namespace tmc::kernels
