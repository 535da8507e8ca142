// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: outputs and products, those with halves apart.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/fully_connected_f32.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::FullyConnectedF32>, const portable::FullyConnectedF32::Params& p) {
  const double outputs = 1.0 * p.batch * p.outputs;
  return {outputs, outputs * p.inputs, p.half_weights ? outputs * p.inputs : 0};
}

}  // namespace tmc::kernels
