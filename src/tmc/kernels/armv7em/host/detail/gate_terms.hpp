// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What the work of kernels of gates is linear in: rows and units.
template <typename Params>
CostFeatures gate_terms(const Params& p) {
  return {1.0 * p.rows, 1.0 * p.rows * p.hidden};
}

}  // namespace tmc::kernels::armv7em
