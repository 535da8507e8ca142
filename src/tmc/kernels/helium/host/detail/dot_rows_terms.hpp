// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Terms of detail/dot_rows.hpp: rows, blocks of four outputs, their whole vectors of inputs and the rest of a row; a
// last block that is not full.

#include "tmc/kernels/helium/detail/dot_rows.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::helium {

inline CostFeatures dot_rows_terms(double rows, int32_t inputs, int32_t outputs) {
  const double blocks = rows * blocks_of(outputs);
  return {rows, blocks, blocks * (inputs / 16), inputs % 16 != 0 ? blocks : 0, outputs % kBlock != 0 ? rows : 0};
}

}  // namespace tmc::kernels::helium
