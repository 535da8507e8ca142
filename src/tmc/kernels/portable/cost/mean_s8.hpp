// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: means, runs of values along the innermost reduced axis, and values.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/mean_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MeanS8>, const portable::MeanS8::Params& p) {
  const double means = 1.0 * p.kept[0] * p.kept[1] * p.kept[2];
  const double runs = means * p.reduced[0] * p.reduced[1];
  return {means, runs, runs * p.reduced[2]};
}

}  // namespace tmc::kernels
