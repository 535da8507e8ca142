// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of attention to slots share (contract/cached_attention.hpp).

#include "tmc/kernels/common/attention.hpp"
#include "tmc/kernels/common/stream_place.hpp"

namespace tmc::kernels {

// Whether the numbers of elements are those of the extents.
template <typename Params>
constexpr bool has_extents_of_cached_attention(const Params& p) {
  const bool holds = p.tokens > 0 && p.heads > 0 && p.kv_heads > 0 && p.size > 0 && p.value_size > 0 && p.slots > 0 &&
                     p.sinks >= 0 && p.sinks < p.slots && p.heads % p.kv_heads == 0;
  if (!holds) return false;
  const int64_t tokens = p.tokens, slots = p.slots;
  const int64_t key = int64_t{p.kv_heads} * p.size, value = int64_t{p.kv_heads} * p.value_size;
  const int64_t query = tokens * p.heads * p.size;
  return p.query_elements == query + p.sink_query && (p.sink_query == 0 || p.sink_query == query) &&
         p.key_elements == tokens * key && p.value_elements == tokens * value && p.place_elements == kStreamPlace &&
         p.key_cache_elements == slots * key && p.value_cache_elements == slots * value &&
         p.output_elements == tokens * p.heads * p.value_size;
}

// Where the query of row `at` begins by which it sees the slot.
template <typename Params>
constexpr int32_t query_place(const Params& p, int32_t at, int32_t slot) {
  return at * p.size + (slot < p.sinks ? p.sink_query : 0);
}

// Puts the keys and values of token after token into their slots, and calls attend(token, slots that it sees).
template <typename Params, typename Buffers, typename Attend>
inline void for_each_token(const Params& p, const Buffers& b, Attend attend) {
  const int32_t key_width = p.kv_heads * p.size, value_width = p.kv_heads * p.value_size;
  StreamSlot place(b.place, p.slots, p.sinks);
  for (int32_t token = 0; token < p.tokens; ++token, place.advance()) {
    __builtin_memcpy(b.key_cache + place.slot * key_width, b.key + token * key_width,
                     static_cast<size_t>(key_width) * sizeof(*b.key));
    __builtin_memcpy(b.value_cache + place.slot * value_width, b.value + token * value_width,
                     static_cast<size_t>(value_width) * sizeof(*b.value));
    attend(token, place.seen());
  }
}

}  // namespace tmc::kernels
