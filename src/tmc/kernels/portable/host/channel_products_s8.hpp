// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of portable/channel_products_s8.hpp.

#include "tmc/kernels/host/channel_products.hpp"
#include "tmc/kernels/portable/channel_products_s8.hpp"

namespace tmc::kernels::portable {

inline Blobs pack(Of<ChannelProductsS8>, const ChannelProductsS8::Params& p, Constants constants) {
  return channel_products_constants(p, constants);
}

inline CostFeatures cost_features(Of<ChannelProductsS8>, const ChannelProductsS8::Params& p) {
  return channel_products_terms(p);
}

}  // namespace tmc::kernels::portable
