// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows and their words, of two tensors or of one and a single value.
#include "tmc/kernels/armv7em/cost/broadcast_terms.hpp"
#include "tmc/kernels/armv7em/mul_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::MulS8>, const armv7em::MulS8::Params& p) {
  return armv7em::broadcast_terms(p, 8);
}

}  // namespace tmc::kernels
