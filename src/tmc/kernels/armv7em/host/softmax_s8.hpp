// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/softmax_s8.hpp.

#include "tmc/kernels/armv7em/softmax_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The exponentials of all 256 differences, from the largest difference to 0.
inline Blobs pack(Of<SoftmaxS8>, const SoftmaxS8::Params&, Constants constants) {
  auto exponentials = constants[0].to_vector<int32_t>();
  exponentials.resize(SoftmaxS8::kDifferences);
  return {{make_blob(DType::kI32, std::vector(exponentials.rbegin(), exponentials.rend()), /*is_table=*/true)}};
}

// What its work is linear in: rows, turns of their values, and values that are left.
inline CostFeatures cost_features(Of<SoftmaxS8>, const SoftmaxS8::Params& p) {
  const double rows = p.outer;
  constexpr int32_t kTurn = SoftmaxS8::kTurn;
  return {rows, rows * (p.depth / kTurn), rows * (p.depth % kTurn)};
}

// The same of fours of rows, their values, and those of single rows.
inline CostFeatures cost_features(Of<SoftmaxS8Across>, const SoftmaxS8Across::Params& p) {
  const double fours = 1.0 * p.outer * (p.inner / 4);
  const double singles = 1.0 * p.outer * (p.inner % 4);
  return {1.0 * p.outer, fours, fours * p.depth, singles, singles * p.depth};
}

}  // namespace tmc::kernels::armv7em
