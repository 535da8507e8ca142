// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: elements, by function.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/unary_f32.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::UnaryF32>, const portable::UnaryF32::Params& p) {
  CostTerms terms(UnaryF32::kFunctions);
  terms[static_cast<size_t>(p.function)] = p.elements;
  return terms;
}

}  // namespace tmc::kernels
