// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/requantize.hpp.

#include "tmc/kernels/armv7em/requantize.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: turns of four elements, and what is left.
inline CostFeatures cost_features(Of<Requantize>, const Requantize::Params& p) {
  return {1.0 * (p.elements / 4), 1.0 * (p.elements % 4)};
}

}  // namespace tmc::kernels::armv7em
