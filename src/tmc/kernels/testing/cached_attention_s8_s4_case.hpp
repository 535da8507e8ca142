// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s8_s4.

#include "tmc/kernels/contract/cached_attention_s8_s4.hpp"
#include "tmc/kernels/testing/four_bit_slots.hpp"
#include "tmc/kernels/testing/integer_cached_attention_case.hpp"

namespace tmc::kernels::testing {

using CachedAttentionS8S4Case = IntegerCachedAttentionCase<CachedAttentionS8S4, uint8_t>;

// All but the cache of keys, of any case whose values have four bits.
template <typename AnyCase>
void randomize_four_bit_values(std::mt19937& rng, AnyCase& made) {
  auto& p = made.p;
  randomize_cached_attention(rng, p);
  if (rng() % 2 == 0) {
    p.value_size = 4 * pick(rng, 1, 5);
    p.value_elements = p.tokens * p.kv_heads * p.value_size;
    p.output_elements = p.tokens * p.heads * p.value_size;
  }
  p.value_cache_elements = (p.slots + 1) / 2 * p.kv_heads * ((p.value_size + 3) / 4 * 4 + 1);
  made.choose_numbers(rng, -0.6, 1.0 / 16);
  p.total_shift = rng() % 4 == 0 ? 1 : 0;
  made.query = any_integers(rng, p.query_elements);
  made.value = any_cached_heads(rng, p.tokens * p.kv_heads, p.value_size);
  made.value_cache = random_values<uint8_t>(rng, static_cast<size_t>(p.value_cache_elements), 0, 255);
  made.place = any_place(rng, p);
}

inline CachedAttentionS8S4Case any_cached_attention_s8_s4_case(std::mt19937& rng) {
  CachedAttentionS8S4Case made;
  randomize_four_bit_values(rng, made);
  made.key = any_integers(rng, made.p.key_elements);
  made.key_cache = any_integers(rng, made.p.key_cache_elements);
  return made;
}

}  // namespace tmc::kernels::testing
