// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s8_s4.

#include "tmc/kernels/contract/cached_attention_s8_s4.hpp"
#include "tmc/kernels/testing/integer_cached_attention_case.hpp"

namespace tmc::kernels::testing {

using CachedAttentionS8S4Case = IntegerCachedAttentionCase<CachedAttentionS8S4, uint8_t>;

// Values of a token, as they are, or all the same, or few that stand out.
inline std::vector<int8_t> any_cached_values(std::mt19937& rng, int32_t count) {
  const int kind = pick(rng, 0, 5);
  const int32_t most = kind == 0 ? 0 : kind == 1 ? 6 : kind == 2 ? 60 : 127;
  std::vector<int8_t> values = random_values<int8_t>(rng, static_cast<size_t>(count), kind == 3 ? most : -most, most);
  if (kind == 4) values[rng() % values.size()] = -128;
  if (kind != 5) return values;
  for (int8_t& value : values) value = static_cast<int8_t>(rng() % 16 == 0 ? 127 : value % 3);
  return values;
}

inline CachedAttentionS8S4Case any_cached_attention_s8_s4_case(std::mt19937& rng) {
  CachedAttentionS8S4Case made;
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
  made.key = any_integers(rng, p.key_elements);
  for (int32_t head = 0; head < p.tokens * p.kv_heads; ++head) {
    const std::vector<int8_t> values = any_cached_values(rng, p.value_size);
    made.value.insert(made.value.end(), values.begin(), values.end());
  }
  made.key_cache = any_integers(rng, p.key_cache_elements);
  made.value_cache = random_values<uint8_t>(rng, static_cast<size_t>(p.value_cache_elements), 0, 255);
  made.place = any_place(rng, p);
  return made;
}

}  // namespace tmc::kernels::testing
