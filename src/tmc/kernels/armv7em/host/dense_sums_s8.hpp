// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/dense_sums_s8.hpp.

#include "tmc/kernels/armv7em/dense_sums_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/dense_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/single_rows.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<DenseSumsS8>, const DenseSumsS8::Params& p, Constants constants) {
  const DenseBlocks blocks(p, constants);
  std::vector<int8_t> packed;
  for (size_t block = 0; block < blocks.rows(); block += kDenseBlock) {
    append_single_block([&](size_t i) { return blocks.row(block + i); }, kWidenedOrder, packed);
  }
  return {{make_blob(DType::kI8, packed), blocks.bias()}};
}

inline CostFeatures cost_features(Of<DenseSumsS8>, const DenseSumsS8::Params& p) {
  return dense_block_terms(p, steps_of_eight(p.inputs));
}

}  // namespace tmc::kernels::armv7em
