// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/requantize_s16.hpp.

#include "tmc/kernels/armv7em/requantize_s16.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: pairs of elements, what is left, and elements that are clamped to less than int16.
inline CostFeatures cost_features(Of<RequantizeS16>, const RequantizeS16::Params& p) {
  return {1.0 * (p.elements / 2), 1.0 * (p.elements % 2),
          clamped_values(p.activation_min, p.activation_max, p.elements)};
}

}  // namespace tmc::kernels::armv7em
