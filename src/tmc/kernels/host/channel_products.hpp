// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of channel_products_s8 (contract/channel_products_s8.hpp), in which its implementations are alike.

#include <vector>

#include "tmc/kernels/contract/channel_products_s8.hpp"
#include "tmc/kernels/host/channel_constants.hpp"

namespace tmc::kernels {

// Weights as the model has them; biases with what the zero point adds.
inline Blobs channel_products_constants(const ChannelProductsS8::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int16_t>();
  auto bias = constants[1].to_vector<int32_t>();
  fold_zero_point(p.input_zero_point, weights, bias);
  return {{make_blob(DType::kI16, weights), make_blob(DType::kI32, bias)}};
}

// What their work is linear in: outputs and products.
inline CostFeatures channel_products_terms(const ChannelProductsS8::Params& p) {
  const double outputs = 1.0 * p.batch * p.channels;
  return {outputs, outputs * p.depth};
}

}  // namespace tmc::kernels
