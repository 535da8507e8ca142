// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s8.

#include "tmc/kernels/testing/integer_cached_attention_case.hpp"

namespace tmc::kernels::testing {

using CachedAttentionS8Case = IntegerCachedAttentionCase<CachedAttentionS8, int8_t>;

inline CachedAttentionS8Case any_cached_attention_s8_case(std::mt19937& rng) {
  CachedAttentionS8Case made;
  auto& p = made.p;
  randomize_cached_attention(rng, p);
  made.choose_numbers(rng, -1, 1);
  made.query = any_integers(rng, p.query_elements);
  made.key = any_integers(rng, p.key_elements);
  made.value = any_integers(rng, p.value_elements);
  made.key_cache = any_integers(rng, p.key_cache_elements);
  made.value_cache = any_integers(rng, p.value_cache_elements);
  made.place = any_place(rng, p);
  return made;
}

}  // namespace tmc::kernels::testing
