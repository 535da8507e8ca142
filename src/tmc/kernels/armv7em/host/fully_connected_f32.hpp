// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/fully_connected_f32.hpp.

#include "tmc/kernels/armv7em/fully_connected_f32.hpp"
#include "tmc/kernels/armv7em/host/detail/float_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/float_terms.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels by four inputs.
inline Blobs pack(Of<FullyConnectedF32>, const FullyConnectedF32::Params&, Constants constants) {
  return pack_float_blocks(constants);
}

// What its work is linear in: tiles (detail/float_terms.hpp), and rows that are filled up.
inline CostFeatures cost_features(Of<FullyConnectedF32>, const FullyConnectedF32::Params& p) {
  CostFeatures terms = tile_terms(p.batch / 3, p.batch % 3, p.outputs, p.inputs, p.half_weights,
                                  FloatRange::of(p.activation_min, p.activation_max));
  const double filled = p.inputs % 4 == 0 ? 0 : p.batch;
  terms.push_back(filled);
  terms.push_back(filled * copied(p.inputs));
  return terms;
}

}  // namespace tmc::kernels::armv7em
