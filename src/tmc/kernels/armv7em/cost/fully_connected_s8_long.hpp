// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, their steps of eight inputs, blocks of four channels and their parts and steps, and
// outputs of a last block that is not full.
#include "tmc/kernels/armv7em/fully_connected_s8_long.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::FullyConnectedS8Long>, const armv7em::FullyConnectedS8Long::Params& p) {
  using Body = armv7em::FullyConnectedS8Long;
  const double rows = p.batch;
  const double steps = Body::parts(p) * Body::steps(p);
  const double blocks = (p.outputs + 3) / 4;
  return {rows,
          rows * steps,
          rows * blocks,
          rows * blocks * Body::parts(p),
          rows * blocks * steps,
          p.outputs % 4 == 0 ? 0 : rows,
          clamped_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels
