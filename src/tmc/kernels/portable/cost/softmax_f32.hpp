// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: distributions and their values.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/softmax_f32.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::SoftmaxF32>, const portable::SoftmaxF32::Params& p) {
  const double distributions = 1.0 * p.outer * p.inner;
  return {distributions, distributions * p.depth};
}

}  // namespace tmc::kernels
