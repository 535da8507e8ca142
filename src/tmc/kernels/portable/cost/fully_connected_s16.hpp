// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, outputs and products.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/fully_connected_s16.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::FullyConnectedS16>, const portable::FullyConnectedS16::Params& p) {
  return portable::product_terms(p);
}

}  // namespace tmc::kernels
