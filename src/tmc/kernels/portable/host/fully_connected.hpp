// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/fully_connected.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/host/table_after.hpp"
#include "tmc/kernels/portable/fully_connected.hpp"
#include "tmc/kernels/portable/host/detail/channel.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// Weights as the model has them; channels as records.
inline Blobs pack(Of<FullyConnectedS8>, const FullyConnectedS8::Params&, Constants constants) {
  return pack_weights_and_channels(constants);
}

inline Blobs pack(Of<FullyConnectedS8Table>, const FullyConnectedS8Table::Params& p, Constants constants) {
  return pack_before_table<FullyConnectedS8>(p, constants);
}

// What its work is linear in: rows, outputs and products.
inline CostFeatures cost_features(Of<FullyConnectedS8>, const FullyConnectedS8::Params& p) {
  return product_terms(p);
}

// Weights as the model has them; channels as records.
inline Blobs pack(Of<FullyConnectedS16>, const FullyConnectedS16::Params&, Constants constants) {
  return pack_weights_and_channels(constants);
}

// What its work is linear in: rows, outputs and products.
inline CostFeatures cost_features(Of<FullyConnectedS16>, const FullyConnectedS16::Params& p) {
  return product_terms(p);
}

// What its work is linear in: outputs and products, those with halves apart.
inline CostFeatures cost_features(Of<FullyConnectedF32>, const FullyConnectedF32::Params& p) {
  const double outputs = 1.0 * p.batch * p.outputs;
  return {outputs, outputs * p.inputs, p.half_weights ? outputs * p.inputs : 0};
}

}  // namespace tmc::kernels::portable
