// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/quantize_dynamic.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/quantize_dynamic.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: items, and elements with a zero point or without.
inline CostFeatures cost_features(Of<QuantizeDynamic>, const QuantizeDynamic::Params& p) {
  const double elements = 1.0 * p.batch * p.elements;
  return {1.0 * p.batch, p.asymmetric ? 0 : elements, p.asymmetric ? elements : 0};
}

}  // namespace tmc::kernels::portable
