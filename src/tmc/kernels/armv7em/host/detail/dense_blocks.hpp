// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the implementations of dense_sums_s8 have in common: weights in blocks of four outputs, the last output again
// where a block has too few.

#include <algorithm>
#include <span>

#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/host/channel_constants.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kDenseBlock = 4;

// append(row, packed) lays out the weights of a block, where row(i) are those of its output i. Biases come with what
// the zero point adds, up to the end of the last block.
template <typename Weight, typename Append>
Blobs pack_dense_blocks(DType dtype, const DenseSumsS8::Params& p, Constants constants, const Append& append) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto inputs = static_cast<size_t>(p.inputs);
  const auto outputs = static_cast<size_t>(p.outputs);
  std::vector<Weight> packed;
  for (size_t block = 0; block < outputs; block += kDenseBlock) {
    const auto row = [&](size_t i) {
      return std::span(weights).subspan(std::min(block + i, outputs - 1) * inputs, inputs);
    };
    append(row, packed);
  }
  auto bias = constants[1].to_vector<int32_t>();
  fold_zero_point(p.input_zero_point, weights, bias);
  bias.resize((outputs + kDenseBlock - 1) / kDenseBlock * kDenseBlock);
  return {{make_blob(dtype, packed), make_blob(DType::kI32, bias)}};
}

// What their work is linear in: rows, steps of inputs, blocks of outputs, and a last block that is not full.
inline CostFeatures dense_block_terms(const DenseSumsS8::Params& p, double steps) {
  const double rows = p.batch;
  const double blocks = (p.outputs + kDenseBlock - 1) / kDenseBlock;
  const double rest = p.outputs % kDenseBlock == 0 ? 0 : 1;
  return {rows, rows * steps, rows * blocks, rows * blocks * steps, rows * rest};
}

}  // namespace tmc::kernels::armv7em
