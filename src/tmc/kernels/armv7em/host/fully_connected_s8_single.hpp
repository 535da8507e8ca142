// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/fully_connected_s8_single.hpp.

#include "tmc/kernels/armv7em/fully_connected_s8_single.hpp"
#include "tmc/kernels/armv7em/host/detail/single_rows.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels; channels with a bias of 32 bits.
inline Blobs pack(Of<FullyConnectedS8Single>, const FullyConnectedS8::Params& p, Constants views) {
  return pack_single_rows(views, p.input_zero_point, output_range(p), 1);
}

// What its work is linear in: rows, their parts, steps of eight inputs, blocks of four channels, and outputs.
inline CostFeatures cost_features(Of<FullyConnectedS8Single>, const FullyConnectedS8Single::Params& p) {
  const double rows = p.batch;
  const double steps = steps_of_eight(p.inputs);
  const double blocks = FullyConnectedS8Single::blocks(p);
  const double parts = FullyConnectedS8Single::parts(p);
  return {rows,
          rows * parts,
          rows * steps,
          rows * blocks * parts,
          rows * blocks * steps,
          rows * p.outputs,
          clamped_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels::armv7em
