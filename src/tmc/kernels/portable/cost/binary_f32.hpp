// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows and elements, those of a division, and of an operand that stays apart.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/binary_f32.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::BinaryF32>, const portable::BinaryF32::Params& p) {
  const double elements = static_cast<double>(portable::broadcast_elements(p));
  const bool divides = p.operation == BinaryF32::kDiv;
  return {elements / p.extents[3], elements, divides ? elements : 0};
}

}  // namespace tmc::kernels
