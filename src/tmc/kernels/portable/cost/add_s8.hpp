// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, elements and those that are clamped.
#include "tmc/kernels/portable/add_s8.hpp"
#include "tmc/kernels/portable/cost/terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::AddS8>, const portable::AddS8::Params& p) {
  return portable::broadcast_terms(p);
}

}  // namespace tmc::kernels
