// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the implementations of dense_sums_s8 (contract/recurrent_s8.hpp) make of its constants alike.

#include <vector>

#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

// The biases less the input's zero point times the weights, modulo 2^32.
inline std::vector<int32_t> bias_without_zero_point(const DenseSumsS8::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  auto bias = constants[1].to_vector<int32_t>();
  for (size_t o = 0; o < bias.size(); ++o) {
    auto sum = static_cast<uint32_t>(bias[o]);
    for (int32_t i = 0; i < p.inputs; ++i) {
      const int32_t weight = weights[o * static_cast<size_t>(p.inputs) + static_cast<size_t>(i)];
      sum -= static_cast<uint32_t>(p.input_zero_point * weight);
    }
    bias[o] = static_cast<int32_t>(sum);
  }
  return bias;
}

}  // namespace tmc::kernels
