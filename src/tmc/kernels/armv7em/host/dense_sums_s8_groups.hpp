// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/dense_sums_s8_groups.hpp.

#include "tmc/kernels/armv7em/dense_sums_s8_groups.hpp"
#include "tmc/kernels/armv7em/host/detail/dense_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"

namespace tmc::kernels::armv7em {

// Refused where a word cannot hold a pair of weights.
inline Blobs pack(Of<DenseSumsS8Pairs>, const DenseSumsS8Pairs::Params& p, Constants constants) {
  const DenseBlocks blocks(p, constants);
  std::vector<std::vector<int8_t>> rows;
  for (size_t i = 0; i < blocks.rows(); ++i) {
    const auto row = blocks.row(i);
    rows.emplace_back(row.begin(), row.end()).resize((row.size() + 3) / 4 * 4);
  }
  const auto words = pack_pairs(rows, kDenseBlock);
  if (!words) return std::nullopt;
  return {{make_blob(DType::kI32, *words), blocks.bias()}};
}

// Two lanes a word in the order of widened inputs, filled up with zeros.
inline Blobs pack(Of<DenseSumsS8Lanes>, const DenseSumsS8Lanes::Params& p, Constants constants) {
  const DenseBlocks blocks(p, constants);
  std::vector<int16_t> lanes;
  for (size_t block = 0; block < blocks.rows(); block += kDenseBlock) {
    const size_t inputs = blocks.row(block).size();
    for (size_t group = 0; group < inputs; group += 4) {
      for (size_t i = 0; i < 16; ++i) {
        const size_t input = group + i / 8 + 2 * (i % 2);
        lanes.push_back(input < inputs ? blocks.row(block + i / 2 % 4)[input] : int16_t{0});
      }
    }
  }
  return {{make_blob(DType::kI16, lanes), blocks.bias()}};
}

inline CostFeatures cost_features(Of<DenseSumsS8Pairs>, const DenseSumsS8Pairs::Params& p) {
  return dense_block_terms(p, groups_of_four(p.inputs));
}
inline CostFeatures cost_features(Of<DenseSumsS8Lanes>, const DenseSumsS8Lanes::Params& p) {
  return dense_block_terms(p, groups_of_four(p.inputs));
}

}  // namespace tmc::kernels::armv7em
