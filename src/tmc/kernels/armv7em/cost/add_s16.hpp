// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: armv7em/cost/broadcast_terms.hpp.
#include "tmc/kernels/armv7em/add_s16.hpp"
#include "tmc/kernels/armv7em/cost/broadcast_terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::AddS16>, const armv7em::AddS16::Params& p) {
  return armv7em::broadcast_terms(p, 2);
}

}  // namespace tmc::kernels
