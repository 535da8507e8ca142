// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s4.

#include "tmc/kernels/contract/cached_attention_s4.hpp"
#include "tmc/kernels/testing/cached_attention_s8_s4_case.hpp"

namespace tmc::kernels::testing {

struct CachedAttentionS4Case : IntegerCachedAttentionCase<CachedAttentionS4, uint8_t, uint8_t> {
  double mean_unit = 0;  // what a product with turns stands for
  std::vector<int8_t> mean_query, turns;

  Case implementation_case() const {
    Case made = IntegerCachedAttentionCase::implementation_case();
    made.inputs.push_back(to_bytes(mean_query));
    made.constants.push_back(make_blob(DType::kI8, turns));
    return made;
  }
  // To a score, in reals.
  double score_of_mean(int32_t at, int32_t distance) const {
    double product = 0;
    for (int32_t d = 0; d < p.size; ++d) {
      product += mean_query[static_cast<size_t>(at * p.size + d)] * turns[static_cast<size_t>(distance * p.size + d)];
    }
    return product * mean_unit;
  }
};

// Half of them have turns.
inline void add_turns(std::mt19937& rng, CachedAttentionS4Case& made) {
  auto& p = made.p;
  const bool has_turns = rng() % 2 == 0 && p.slots * p.size > 1;
  p.turns_elements = has_turns ? p.slots * p.size : 1;
  p.mean_query_elements = has_turns ? p.tokens * p.heads * p.size : pick(rng, 1, 9);
  made.turns = any_integers(rng, p.turns_elements);
  made.mean_query = any_integers(rng, p.mean_query_elements);
  if (!has_turns) return;
  // 64 to a power of two, as of other scores.
  p.mean_shift = pick(rng, 0, 2);
  p.mean_multiplier = pick(rng, 1 << 20, 1 << 27);
  made.mean_unit = std::ldexp(p.mean_multiplier, p.mean_shift - 32) * std::log(2.0) / 64;
}

inline CachedAttentionS4Case any_cached_attention_s4_case(std::mt19937& rng) {
  CachedAttentionS4Case made;
  randomize_four_bit_values(rng, made);
  auto& p = made.p;
  p.key_cache_elements = p.slots * p.kv_heads * ((p.size + 7) / 8 * 4 + 1);
  made.key = any_cached_heads(rng, p.tokens * p.kv_heads, p.size);
  made.key_cache = random_values<uint8_t>(rng, static_cast<size_t>(p.key_cache_elements), 0, 255);
  add_turns(rng, made);
  return made;
}

}  // namespace tmc::kernels::testing
