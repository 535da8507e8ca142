// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of portable/signal_spectrum.hpp.

#include "tmc/kernels/portable/host/detail/rfft_terms.hpp"
#include "tmc/kernels/portable/signal_spectrum.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: detail/rfft_terms.hpp.
inline CostFeatures cost_features(Of<SignalRfft>, const SignalRfft::Params& p) {
  return rfft_terms(p.length, p.output_elements / (p.length + 2));
}

}  // namespace tmc::kernels::portable
