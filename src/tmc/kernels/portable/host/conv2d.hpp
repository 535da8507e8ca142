// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/conv2d.hpp.

#include "tmc/kernels/host/table_after.hpp"
#include "tmc/kernels/portable/conv2d.hpp"
#include "tmc/kernels/portable/host/detail/channel.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// Weights as the model has them; channels as records.
inline Blobs pack(Of<Conv2dS8>, const Conv2dS8::Params&, Constants constants) {
  return pack_weights_and_channels(constants);
}
inline Blobs pack(Of<Conv2dS8W16>, const Conv2dS8W16::Params&, Constants constants) {
  return pack_weights_and_channels(constants);
}
inline Blobs pack(Of<Conv2dS16>, const Conv2dS16::Params&, Constants constants) {
  return pack_weights_and_channels(constants);
}

inline Blobs pack(Of<Conv2dS8Table>, const Conv2dS8Table::Params& p, Constants constants) {
  return pack_before_table<Conv2dS8>(p, constants);
}

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<Conv2dS8>, const Conv2dS8::Params& p) {
  return window_terms(p);
}
inline CostFeatures cost_features(Of<Conv2dS8W16>, const Conv2dS8W16::Params& p) {
  return window_terms(p);
}
inline CostFeatures cost_features(Of<Conv2dS16>, const Conv2dS16::Params& p) {
  return window_terms(p);
}

}  // namespace tmc::kernels::portable
