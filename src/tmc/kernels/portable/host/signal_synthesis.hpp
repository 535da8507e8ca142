// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of portable/signal_synthesis.hpp.

#include "tmc/kernels/portable/host/detail/rfft_terms.hpp"
#include "tmc/kernels/portable/signal_synthesis.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/rfft_terms.hpp.
inline CostFeatures cost_features(Of<SignalIrfft>, const SignalIrfft::Params& p) {
  return rfft_terms(p.length, p.output_elements / p.length);
}

// What its work is linear in: frames, outputs, and sums of integers and of floats.
inline CostFeatures cost_features(Of<SignalOverlapAdd>, const SignalOverlapAdd::Params& p) {
  const bool is_float = p.input_dtype == static_cast<int32_t>(DType::kF32);
  const double sums = p.input_elements;
  return {1.0 * p.items * p.frames, 1.0 * p.output_elements, is_float ? 0 : sums, is_float ? sums : 0};
}

}  // namespace tmc::kernels::portable
