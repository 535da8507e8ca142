// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows of inputs by blocks of outputs.
#include "tmc/kernels/helium/cost/dot_rows_terms.hpp"
#include "tmc/kernels/helium/fully_connected_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<helium::FullyConnectedS8>, const helium::FullyConnectedS8::Params& p) {
  return helium::dot_rows_terms(p.batch, p.inputs, p.outputs);
}

}  // namespace tmc::kernels
