// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/conv2d_hybrid_rows.hpp.

#include "tmc/kernels/armv7em/conv2d_hybrid_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Parts of rows follow each other. Refused where a word cannot hold a pair of weights.
inline Blobs pack(Of<Conv2dHybridRows>, const Conv2dHybridRows::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto inputs = static_cast<size_t>(p.input_c);
  const auto rows = static_cast<size_t>(Conv2dHybridRows::blocks(p)) * kDenseBlock;
  constexpr size_t kPart = 4 * size_t{Conv2dHybridRows::kPartSteps};
  std::vector<int32_t> packed;
  for (size_t begin = 0; begin < inputs; begin += kPart) {
    const size_t count = std::min(inputs - begin, kPart);
    std::vector<std::vector<int8_t>> parts(rows, std::vector<int8_t>((count + 3) / 4 * 4));
    for (size_t row = 0; row < static_cast<size_t>(p.output_c); ++row) {
      std::ranges::copy(std::span(weights).subspan(row * inputs + begin, count), parts[row].begin());
    }
    const auto words = pack_pairs(parts, kDenseBlock);
    if (!words) return std::nullopt;
    packed.insert(packed.end(), words->begin(), words->end());
  }
  return {{make_blob(DType::kI32, packed), make_blob(DType::kF32, constants[1].to_vector<float>()),
           make_blob(DType::kF32, constants[2].to_vector<float>())}};
}

// What its work is linear in: rows, their steps of four inputs, blocks of outputs and their steps, and outputs.
inline CostFeatures cost_features(Of<Conv2dHybridRows>, const Conv2dHybridRows::Params& p) {
  const double rows = p.batch, steps = Conv2dHybridRows::steps(p), blocks = Conv2dHybridRows::blocks(p);
  return {rows, rows * steps, rows * blocks, rows * blocks * steps, rows * p.output_c};
}

}  // namespace tmc::kernels::armv7em
