// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/channel_products_s16.hpp.

#include "tmc/kernels/armv7em/channel_products_s16.hpp"
#include "tmc/kernels/host/channel_products.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<ChannelProductsS16>, const ChannelProductsS16::Params& p, Constants constants) {
  return channel_products_constants(p, constants);
}

inline CostFeatures cost_features(Of<ChannelProductsS16>, const ChannelProductsS16::Params& p) {
  return channel_products_terms(p);
}

}  // namespace tmc::kernels::armv7em
