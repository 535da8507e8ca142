// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/softmax_s16.hpp.

#include "tmc/kernels/armv7em/softmax_s16.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// The tables as the model has them.
inline Blobs pack(Of<SoftmaxS16>, const SoftmaxS16::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

// What its work is linear in: rows, turns of their values, and values that are left, by whether they are shifted to the
// right.
inline CostFeatures cost_features(Of<SoftmaxS16>, const SoftmaxS16::Params& p) {
  const double rows = p.outer;
  const double turns = rows * (p.depth / 4), left = rows * (p.depth % 4);
  return p.shift < 0 ? CostFeatures{rows, 0, 0, turns, left} : CostFeatures{rows, turns, left, 0, 0};
}

// The same of pairs of columns, their values, and those of single columns.
inline CostFeatures cost_features(Of<SoftmaxS16Across>, const SoftmaxS16Across::Params& p) {
  const double pairs = 1.0 * p.outer * (p.inner / 2);
  const double singles = 1.0 * p.outer * (p.inner % 2);
  return {1.0 * p.outer, pairs, pairs * p.depth, singles, singles * p.depth};
}

}  // namespace tmc::kernels::armv7em
