// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of portable/signal_filter_bank.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/signal_filter_bank.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: weights and channels.
inline CostFeatures cost_features(Of<SignalFilterBank>, const SignalFilterBank::Params& p) {
  return {1.0 * p.weights, 1.0 * p.output_elements};
}

}  // namespace tmc::kernels::portable
