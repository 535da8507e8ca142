// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/fully_connected_s16.hpp.

#include "tmc/kernels/armv7em/fully_connected_s16.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_terms.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels, in the order of lanes; channels whose sums have 32 bits.
inline Blobs pack(Of<FullyConnectedS16>, const FullyConnectedS16::Params&, Constants views) {
  return pack_int16_rows(views, 1);
}

// What its work is linear in: detail/int16_terms.hpp.
inline CostFeatures cost_features(Of<FullyConnectedS16>, const FullyConnectedS16::Params& p) {
  return int16_product_terms<FullyConnectedS16>(p);
}

// Weights in blocks of four channels, in the order of lanes; channels as the portable implementation has them.
inline Blobs pack(Of<FullyConnectedS16Wide>, const FullyConnectedS16::Params&, Constants views) {
  return pack_wide_int16_rows(views, 1);
}

// What its work is linear in: detail/int16_terms.hpp.
inline CostFeatures cost_features(Of<FullyConnectedS16Wide>, const FullyConnectedS16::Params& p) {
  return int16_product_terms<FullyConnectedS16Wide>(p);
}

}  // namespace tmc::kernels::armv7em
