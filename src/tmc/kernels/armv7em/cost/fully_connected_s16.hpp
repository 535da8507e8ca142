// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: armv7em/cost/int16_terms.hpp.

#include "tmc/kernels/armv7em/cost/int16_terms.hpp"
#include "tmc/kernels/armv7em/fully_connected_s16.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::FullyConnectedS16>, const FullyConnectedS16::Params& p) {
  return armv7em::int16_product_terms<armv7em::FullyConnectedS16>(p);
}

}  // namespace tmc::kernels
