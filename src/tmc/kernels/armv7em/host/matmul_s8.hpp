// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/matmul_s8.hpp.

#include "tmc/kernels/armv7em/matmul_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: matrices; pairs of columns and their words, by how b lies, and what of them goes by
// itself; tiles of three rows by a block of columns, their words and last groups; and pairs of columns of the tiles and
// their words.
inline CostFeatures cost_features(Of<MatmulS8>, const MatmulS8::Params& p) {
  const double matrices = 1.0 * p.batch[0] * p.batch[1] * p.batch[2];
  const double words = product_words(p.inner);
  const double pairs = matrices * product_pairs(p.columns);
  const double tiles = (p.rows + 2) / kProductRows;
  const double blocks = matrices * tiles * MatmulS8::blocks(p);
  const double form = rounds_once(p.multiplier, p.shift) ? 1 : 0;
  return {matrices,
          pairs,
          p.transpose_b ? pairs * words : 0,
          p.transpose_b ? 0 : pairs * words,
          p.transpose_b ? matrices * last_groups(p.columns, p.inner) : 0,
          p.transpose_b ? 0 : matrices * single_elements(p.columns, p.inner),
          blocks,
          blocks * words,
          p.inner % 4 == 0 ? 0 : blocks,
          p.columns % kProductColumns == 0 ? 0 : matrices * tiles,
          pairs * tiles,
          pairs * tiles * form,
          pairs * tiles * words};
}

}  // namespace tmc::kernels::armv7em
