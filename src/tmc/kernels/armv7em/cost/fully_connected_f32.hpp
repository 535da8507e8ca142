// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: tiles (cost/float_terms.hpp), and rows that are filled up.
#include "tmc/kernels/armv7em/cost/float_terms.hpp"
#include "tmc/kernels/armv7em/fully_connected_f32.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::FullyConnectedF32>, const armv7em::FullyConnectedF32::Params& p) {
  CostTerms terms = armv7em::tile_terms(p.batch / 3, p.batch % 3, p.outputs, p.inputs, p.half_weights,
                                        armv7em::FloatRange::of(p.activation_min, p.activation_max));
  const double filled = p.inputs % 4 == 0 ? 0 : p.batch;
  terms.push_back(filled);
  terms.push_back(filled * armv7em::copied(p.inputs));
  return terms;
}

}  // namespace tmc::kernels
