// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, outputs and products.
#include "tmc/kernels/portable/cost/terms.hpp"
#include "tmc/kernels/portable/fully_connected_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::FullyConnectedS8>, const portable::FullyConnectedS8::Params& p) {
  return portable::product_terms(p);
}

}  // namespace tmc::kernels
