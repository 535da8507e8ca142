// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementation of armv7em/quantize_dynamic.hpp.

#include "tmc/kernels/armv7em/quantize_dynamic.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: items, and their elements.
inline CostFeatures cost_features(Of<QuantizeDynamic>, const QuantizeDynamic::Params& p) {
  return {1.0 * p.batch, 1.0 * p.batch * p.elements};
}

}  // namespace tmc::kernels::armv7em
