// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/dense_sums_s8_lanes.hpp.

#include "tmc/kernels/armv7em/dense_sums_s8_lanes.hpp"
#include "tmc/kernels/armv7em/host/detail/dense_blocks.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four outputs, two lanes a word in the order of widened inputs, filled up with zeros.
inline Blobs pack(Of<DenseSumsS8Lanes>, const DenseSumsS8Lanes::Params& p, Constants constants) {
  const auto append = [](const auto& row, std::vector<int16_t>& packed) {
    const size_t inputs = row(0).size();
    for (size_t group = 0; group < inputs; group += 4) {
      for (size_t i = 0; i < 16; ++i) {
        const size_t input = group + i / 8 + 2 * (i % 2);
        packed.push_back(input < inputs ? row(i / 2 % 4)[input] : int16_t{0});
      }
    }
  };
  return pack_dense_blocks<int16_t>(DType::kI16, p, constants, append);
}

inline CostFeatures cost_features(Of<DenseSumsS8Lanes>, const DenseSumsS8Lanes::Params& p) {
  return dense_block_terms(p, groups_of_four(p.inputs));
}

}  // namespace tmc::kernels::armv7em
