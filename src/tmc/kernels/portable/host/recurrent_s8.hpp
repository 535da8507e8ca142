// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/recurrent_s8.hpp.

#include "tmc/kernels/host/channel_constants.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"
#include "tmc/kernels/portable/recurrent_s8.hpp"

namespace tmc::kernels::portable {

// Weights as the model has them; biases less the input's zero point times the weights.
inline Blobs pack(Of<DenseSumsS8>, const DenseSumsS8::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  auto bias = constants[1].to_vector<int32_t>();
  fold_zero_point(p.input_zero_point, weights, bias);
  return {{make_blob(DType::kI8, weights), make_blob(DType::kI32, bias)}};
}

// What its work is linear in: rows, outputs and products.
inline CostFeatures cost_features(Of<DenseSumsS8>, const DenseSumsS8::Params& p) {
  return product_terms(p);
}

}  // namespace tmc::kernels::portable
