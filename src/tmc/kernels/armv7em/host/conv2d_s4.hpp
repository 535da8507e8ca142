// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s4.hpp.

#include "tmc/kernels/armv7em/conv2d_s4.hpp"
#include "tmc/kernels/armv7em/host/detail/nibbles.hpp"
#include "tmc/kernels/armv7em/host/detail/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights and channels for detail/nibble_tile.hpp.
inline Blobs pack(Of<Conv2dS4>, const Conv2dS4::Params& p, Constants constants) {
  return pack_nibbles(p, constants);
}

// What its work is linear in: detail/window_terms.hpp, and groups of weights.
template <typename Pair>
CostFeatures cost_features(Of<Conv2dS4Of<Pair>>, const Conv2dS4::Params& p) {
  const Conv2dS8::Params same = kernels::Conv2dS4::in_bytes(p);
  CostFeatures terms = window_terms(same, kTilePixels);
  terms.push_back(count_windows(same, kTilePixels).tiles * (p.output_c / 2) * kernels::Conv2dS4::groups(p));
  return terms;
}

// Weights and channels for detail/nibble_tile.hpp, channels in the long form.
inline Blobs pack(Of<Conv2dS4Long>, const Conv2dS4::Params& p, Constants constants) {
  return pack_long_nibbles(p, constants);
}

}  // namespace tmc::kernels::armv7em
