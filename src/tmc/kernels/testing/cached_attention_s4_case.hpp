// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s4.

#include "tmc/kernels/contract/cached_attention_s4.hpp"
#include "tmc/kernels/testing/cached_attention_s8_s4_case.hpp"

namespace tmc::kernels::testing {

using CachedAttentionS4Case = IntegerCachedAttentionCase<CachedAttentionS4, uint8_t, uint8_t>;

inline CachedAttentionS4Case any_cached_attention_s4_case(std::mt19937& rng) {
  CachedAttentionS4Case made;
  randomize_four_bit_values(rng, made);
  auto& p = made.p;
  p.key_cache_elements = p.slots * p.kv_heads * ((p.size + 7) / 8 * 4 + 1);
  made.key = any_cached_heads(rng, p.tokens * p.kv_heads, p.size);
  made.key_cache = random_values<uint8_t>(rng, static_cast<size_t>(p.key_cache_elements), 0, 255);
  return made;
}

}  // namespace tmc::kernels::testing
