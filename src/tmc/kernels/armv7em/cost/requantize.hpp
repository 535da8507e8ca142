// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: turns of four elements, and what is left.
#include "tmc/kernels/armv7em/requantize.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Requantize>, const armv7em::Requantize::Params& p) {
  return {1.0 * (p.elements / 4), 1.0 * (p.elements % 4)};
}

}  // namespace tmc::kernels
