// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cost of the implementation of armv7em/rotary_embedding_s8.hpp.

#include "tmc/kernels/armv7em/rotary_embedding_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: heads, turns of their pairs by how these lie, pairs that are left, and other elements.
inline CostFeatures cost_features(Of<RotaryEmbeddingS8>, const RotaryEmbeddingS8::Params& p) {
  const double heads = 1.0 * p.batch * p.length * p.heads;
  const double turns = heads * (p.rotated / 2 / RotaryEmbeddingS8::kTurn);
  return {heads, p.interleaved != 0 ? 0 : turns, p.interleaved != 0 ? turns : 0,
          heads * (p.rotated / 2 % RotaryEmbeddingS8::kTurn), heads * (p.size - p.rotated)};
}

}  // namespace tmc::kernels::armv7em
