// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of helium/fully_connected_s8.hpp.

#include "tmc/kernels/helium/fully_connected_s8.hpp"
#include "tmc/kernels/helium/host/detail/dot_rows.hpp"
#include "tmc/kernels/helium/host/detail/dot_rows_terms.hpp"

namespace tmc::kernels::helium {

// An input row is a row of dot products.
inline Blobs pack(Of<FullyConnectedS8>, const FullyConnectedS8::Params& p, Constants views) {
  return pack_dot_rows(views, p.input_zero_point);
}

// What its work is linear in: rows of inputs by blocks of outputs.
inline CostFeatures cost_features(Of<FullyConnectedS8>, const FullyConnectedS8::Params& p) {
  return dot_rows_terms(p.batch, p.inputs, p.outputs);
}

}  // namespace tmc::kernels::helium
