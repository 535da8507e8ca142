// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of attention to slots share (contract/cached_attention.hpp).

#include "tmc/kernels/common/attention.hpp"
#include "tmc/kernels/common/stream_place.hpp"

namespace tmc::kernels {

// Whether the numbers of elements are those of the extents, with so many in the cache of values.
template <typename Params>
constexpr bool has_extents_of_cached_attention(const Params& p, int64_t value_cache) {
  const bool holds = p.tokens > 0 && p.heads > 0 && p.kv_heads > 0 && p.size > 0 && p.value_size > 0 && p.slots > 0 &&
                     p.sinks >= 0 && p.sinks < p.slots && p.heads % p.kv_heads == 0;
  if (!holds) return false;
  const int64_t tokens = p.tokens, slots = p.slots;
  const int64_t key = int64_t{p.kv_heads} * p.size, value = int64_t{p.kv_heads} * p.value_size;
  const int64_t query = tokens * p.heads * p.size;
  return p.query_elements == query + p.sink_query && (p.sink_query == 0 || p.sink_query == query) &&
         p.key_elements == tokens * key && p.value_elements == tokens * value && p.place_elements == kStreamPlace &&
         p.key_cache_elements == slots * key && p.value_cache_elements == value_cache &&
         p.output_elements == tokens * p.heads * p.value_size;
}

// With the values as they are.
template <typename Params>
constexpr bool has_extents_of_cached_attention(const Params& p) {
  return has_extents_of_cached_attention(p, int64_t{p.slots} * p.kv_heads * p.value_size);
}

// Where the query of row `at` begins by which it sees the slot.
template <typename Params>
constexpr int32_t query_place(const Params& p, int32_t at, int32_t slot) {
  return at * p.size + (slot < p.sinks ? p.sink_query : 0);
}

// Puts the keys of token after token into their slots, has put_values(values of the token, slot) put its values there,
// and calls attend(token, slots that it sees).
template <typename Params, typename Buffers, typename PutValues, typename Attend>
inline void for_each_token(const Params& p, const Buffers& b, PutValues put_values, Attend attend) {
  const int32_t key_width = p.kv_heads * p.size, value_width = p.kv_heads * p.value_size;
  StreamSlot place(b.place, p.slots, p.sinks);
  for (int32_t token = 0; token < p.tokens; ++token, place.advance()) {
    __builtin_memcpy(b.key_cache + place.slot * key_width, b.key + token * key_width,
                     static_cast<size_t>(key_width) * sizeof(*b.key));
    put_values(b.value + token * value_width, place.slot);
    attend(token, place.seen());
  }
}

// The same of values that are put there as they are.
template <typename Params, typename Buffers, typename Attend>
inline void for_each_token(const Params& p, const Buffers& b, Attend attend) {
  const int32_t width = p.kv_heads * p.value_size;
  const auto put_values = [&](const auto* values, int32_t slot) {
    __builtin_memcpy(b.value_cache + slot * width, values, static_cast<size_t>(width) * sizeof(*values));
  };
  for_each_token(p, b, put_values, attend);
}

}  // namespace tmc::kernels
