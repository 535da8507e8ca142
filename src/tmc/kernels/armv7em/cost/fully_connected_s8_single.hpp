// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, their parts, steps of eight inputs, blocks of four channels, and outputs.
#include "tmc/kernels/armv7em/fully_connected_s8_single.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::FullyConnectedS8Single>, const armv7em::FullyConnectedS8Single::Params& p) {
  const double rows = p.batch;
  const double steps = armv7em::steps_of_eight(p.inputs);
  const double blocks = armv7em::FullyConnectedS8Single::blocks(p);
  const double parts = armv7em::FullyConnectedS8Single::parts(p);
  return {rows,
          rows * parts,
          rows * steps,
          rows * blocks * parts,
          rows * blocks * steps,
          rows * p.outputs,
          clamped_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels
