// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementations of portable/rotary_embedding.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/rotary_embedding.hpp"

namespace tmc::kernels::portable {

// Heads, their pairs, those that are neighbours, and elements that do not turn.
template <typename Params>
CostFeatures rotary_terms(const Params& p) {
  const double heads = 1.0 * p.batch * p.length * p.heads, pairs = heads * (p.rotated / 2);
  return {heads, pairs, p.interleaved != 0 ? pairs : 0, heads * (p.size - p.rotated)};
}

inline CostFeatures cost_features(Of<RotaryEmbeddingF32>, const RotaryEmbeddingF32::Params& p) {
  return rotary_terms(p);
}
inline CostFeatures cost_features(Of<RotaryEmbeddingS8>, const RotaryEmbeddingS8::Params& p) {
  return rotary_terms(p);
}

}  // namespace tmc::kernels::portable
