// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/signal_synthesis.hpp.

#include "tmc/kernels/armv7em/host/detail/rfft_turns.hpp"
#include "tmc/kernels/armv7em/signal_synthesis.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<SignalIrfft>, const SignalIrfft::Params& p, Constants constants) {
  return pack_rfft_turns(p.length, constants);
}

// What its work is linear in: detail/rfft_turns.hpp.
inline CostFeatures cost_features(Of<SignalIrfft>, const SignalIrfft::Params& p) {
  return rfft_terms(p.length, p.output_elements / p.length);
}

}  // namespace tmc::kernels::armv7em
