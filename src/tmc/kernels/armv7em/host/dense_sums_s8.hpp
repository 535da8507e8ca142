// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/dense_sums_s8.hpp.

#include "tmc/kernels/armv7em/dense_sums_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/single_rows.hpp"
#include "tmc/kernels/host/channel_constants.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four outputs; biases, with what the zero point adds, up to the end of the last block.
inline Blobs pack(Of<DenseSumsS8>, const DenseSumsS8::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto inputs = static_cast<size_t>(p.inputs);
  const auto outputs = static_cast<size_t>(p.outputs);
  std::vector<int8_t> packed;
  for (size_t block = 0; block < outputs; block += DenseSumsS8::kBlock) {
    const auto row = [&](size_t i) {
      return std::span(weights).subspan(std::min(block + i, outputs - 1) * inputs, inputs);
    };
    append_single_block(row, kWidenedOrder, packed);
  }
  auto bias = constants[1].to_vector<int32_t>();
  fold_zero_point(p.input_zero_point, weights, bias);
  bias.resize((outputs + DenseSumsS8::kBlock - 1) / DenseSumsS8::kBlock * DenseSumsS8::kBlock);
  return {{make_blob(DType::kI8, packed), make_blob(DType::kI32, bias)}};
}

// What its work is linear in: rows, steps of eight inputs, blocks of four outputs, and a last block that is not full.
inline CostFeatures cost_features(Of<DenseSumsS8>, const DenseSumsS8::Params& p) {
  const double rows = p.batch;
  const double steps = steps_of_eight(p.inputs);
  const double blocks = (p.outputs + DenseSumsS8::kBlock - 1) / DenseSumsS8::kBlock;
  const double rest = p.outputs % DenseSumsS8::kBlock == 0 ? 0 : 1;
  return {rows, rows * steps, rows * blocks, rows * blocks * steps, rows * rest};
}

}  // namespace tmc::kernels::armv7em
