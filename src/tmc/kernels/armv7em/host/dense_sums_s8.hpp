// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/dense_sums_s8.hpp.

#include "tmc/kernels/armv7em/dense_sums_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/dense_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/single_rows.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<DenseSumsS8>, const DenseSumsS8::Params& p, Constants constants) {
  return pack_dense_blocks<int8_t>(DType::kI8, p, constants, [](const auto& row, std::vector<int8_t>& packed) {
    append_single_block(row, kWidenedOrder, packed);
  });
}

inline CostFeatures cost_features(Of<DenseSumsS8>, const DenseSumsS8::Params& p) {
  return dense_block_terms(p, steps_of_eight(p.inputs));
}

}  // namespace tmc::kernels::armv7em
