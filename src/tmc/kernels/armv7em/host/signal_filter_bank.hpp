// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/signal_filter_bank.hpp.

#include <algorithm>

#include "tmc/kernels/armv7em/signal_filter_bank.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// As they are, where none is below 0.
inline Blobs pack(Of<SignalFilterBank>, const SignalFilterBank::Params&, Constants constants) {
  std::vector<Blob> blobs;
  for (const ConstantView& constant : constants) {
    const auto values = constant.to_vector<int16_t>();
    if (std::ranges::any_of(values, [](int16_t value) { return value < 0; })) return std::nullopt;
    blobs.push_back(make_blob(DType::kI16, values));
  }
  return blobs;
}

// What its work is linear in: weights and channels.
inline CostFeatures cost_features(Of<SignalFilterBank>, const SignalFilterBank::Params& p) {
  return {1.0 * p.weights, 1.0 * p.output_elements};
}

}  // namespace tmc::kernels::armv7em
