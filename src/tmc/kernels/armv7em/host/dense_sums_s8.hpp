// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/dense_sums_s8.hpp.

#include "tmc/kernels/armv7em/dense_sums_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/dense_blocks.hpp"
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"
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

// What their work is linear in: rows, steps of inputs, blocks of outputs, and a last block that is not full.
template <typename Rows>
CostFeatures cost_features(Of<DenseSumsS8Of<Rows>>, const DenseSumsS8::Params& p) {
  const double rows = p.batch;
  const double steps = DenseSumsS8Of<Rows>::steps(p);
  const double blocks = (p.outputs + kDenseBlock - 1) / kDenseBlock;
  const double rest = p.outputs % kDenseBlock == 0 ? 0 : 1;
  return {rows, rows * steps, rows * blocks, rows * blocks * steps, rows * rest};
}

}  // namespace tmc::kernels::armv7em
