// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: portable/cost/terms.hpp.
#include "tmc/kernels/portable/conv2d_s16.hpp"
#include "tmc/kernels/portable/cost/terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::Conv2dS16>, const portable::Conv2dS16::Params& p) {
  return portable::window_terms(p);
}

}  // namespace tmc::kernels
