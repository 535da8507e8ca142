// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of channel_products_s8 (contract/channel_products_s8.hpp), in which its implementations are alike.

#include <vector>

#include "tmc/kernels/contract/channel_products_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

// Weights as the model has them; biases less the input's zero point times the weights, modulo 2^32.
inline Blobs channel_products_constants(const ChannelProductsS8::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int16_t>();
  auto bias = constants[1].to_vector<int32_t>();
  const auto depth = static_cast<size_t>(p.depth);
  for (size_t i = 0; i < weights.size(); ++i) {
    int32_t& sum = bias[i / depth];
    sum = static_cast<int32_t>(static_cast<uint32_t>(sum) - static_cast<uint32_t>(p.input_zero_point * weights[i]));
  }
  return {{make_blob(DType::kI16, weights), make_blob(DType::kI32, bias)}};
}

// What their work is linear in: outputs and products.
inline CostFeatures channel_products_terms(const ChannelProductsS8::Params& p) {
  const double outputs = 1.0 * p.batch * p.channels;
  return {outputs, outputs * p.depth};
}

}  // namespace tmc::kernels
