// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, steps of eight inputs, blocks of four channels, and a last block that is not full.
#include "tmc/kernels/armv7em/fully_connected_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::FullyConnectedS8>, const armv7em::FullyConnectedS8::Params& p) {
  const double rows = p.batch;
  const double steps = (p.inputs + 7) / 8;
  const double blocks = (p.outputs + 3) / 4;
  const double rest = p.outputs % 4 == 0 ? 0 : 1;
  return {rows,          rows * steps,
          rows * blocks, rows * blocks * steps,
          rows * rest,   clamped_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels
