// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of helium/matmul_s8.hpp.

#include "tmc/kernels/helium/matmul_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::helium {

// What its work is linear in: matrices; columns, their steps, and elements that become lines; rows and their steps; and
// blocks of four columns of the rows, and their steps.
inline CostFeatures cost_features(Of<MatmulS8>, const MatmulS8::Params& p) {
  const double matrices = 1.0 * p.batch[0] * p.batch[1] * p.batch[2];
  const double steps = (p.inner + 15) / 16;
  const double columns = matrices * p.columns;
  const double rows = matrices * p.rows;
  const double blocks = rows * blocks_of(p.columns);
  return {matrices, columns,      columns * steps, p.transpose_b ? 0 : columns * p.inner,
          rows,     rows * steps, blocks,          blocks * steps};
}

}  // namespace tmc::kernels::helium
