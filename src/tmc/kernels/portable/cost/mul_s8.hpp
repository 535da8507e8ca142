// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, elements and those that are clamped.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/mul_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MulS8>, const portable::MulS8::Params& p) {
  return portable::broadcast_terms(p);
}

}  // namespace tmc::kernels
