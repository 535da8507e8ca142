// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: items, and elements with a zero point or without.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/quantize_dynamic.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::QuantizeDynamic>, const portable::QuantizeDynamic::Params& p) {
  const double elements = 1.0 * p.batch * p.elements;
  return {1.0 * p.batch, p.asymmetric ? 0 : elements, p.asymmetric ? elements : 0};
}

}  // namespace tmc::kernels
