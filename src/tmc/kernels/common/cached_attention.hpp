// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of attention to slots share (contract/cached_attention.hpp).

#include "tmc/kernels/common/attention.hpp"
#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/common/stream_place.hpp"

namespace tmc::kernels {

// Whether the numbers of elements are those of the extents, with so many in the caches.
template <typename Params>
constexpr bool has_extents_of_cached_attention(const Params& p, int64_t key_cache, int64_t value_cache) {
  const bool holds = p.kv_heads > 0 && p.slots > 0 && p.sinks >= 0 && p.sinks < p.slots && p.heads % p.kv_heads == 0;
  if (!holds) return false;
  const int64_t query = product_of(p.tokens, p.heads, p.size);
  return p.query_elements == query + p.sink_query && (p.sink_query == 0 || p.sink_query == query) &&
         p.key_elements == product_of(p.tokens, p.kv_heads, p.size) &&
         p.value_elements == product_of(p.tokens, p.kv_heads, p.value_size) && p.place_elements == kStreamPlace &&
         p.key_cache_elements == key_cache && p.value_cache_elements == value_cache &&
         p.output_elements == product_of(p.tokens, p.heads, p.value_size);
}

// Of caches that hold keys and values as they are.
template <typename Params>
constexpr int64_t elements_of_key_cache(const Params& p) {
  return product_of(p.slots, p.kv_heads, p.size);
}
template <typename Params>
constexpr bool has_extents_of_cached_attention(const Params& p) {
  return has_extents_of_cached_attention(p, elements_of_key_cache(p), product_of(p.slots, p.kv_heads, p.value_size));
}

// Where the query of row `at` begins by which it sees the slot.
template <typename Params>
constexpr int32_t query_place(const Params& p, int32_t at, int32_t slot) {
  return at * p.size + (slot < p.sinks ? p.sink_query : 0);
}

// Of token after token has put_keys(keys of the token, slot) and put_values(its values, slot) put them there, and calls
// attend(token, its place).
template <typename Params, typename Buffers, typename PutKeys, typename PutValues, typename Attend>
inline void for_each_token(const Params& p, const Buffers& b, PutKeys put_keys, PutValues put_values, Attend attend) {
  const int32_t key_width = p.kv_heads * p.size, value_width = p.kv_heads * p.value_size;
  StreamSlot place(b.place, p.slots, p.sinks);
  for (int32_t token = 0; token < p.tokens; ++token, place.advance()) {
    put_keys(b.key + token * key_width, place.slot);
    put_values(b.value + token * value_width, place.slot);
    attend(token, place);
  }
}

// Puts a token's keys or values, `width` in all, into their slot as they are.
template <typename T>
inline void put_as_they_are(T* cache, const T* from, int32_t width, int32_t slot) {
  __builtin_memcpy(cache + slot * width, from, static_cast<size_t>(width) * sizeof(T));
}

// The same of keys that are put there as they are, with attend(token, slots that it sees).
template <typename Params, typename Buffers, typename PutValues, typename Attend>
inline void for_each_token(const Params& p, const Buffers& b, PutValues put_values, Attend attend) {
  const auto put_keys = [&](const auto* keys, int32_t slot) {
    put_as_they_are(b.key_cache, keys, p.kv_heads * p.size, slot);
  };
  const auto attend_to = [&](int32_t token, const StreamSlot& place) { attend(token, place.seen()); };
  for_each_token(p, b, put_keys, put_values, attend_to);
}

// And of values that are.
template <typename Params, typename Buffers, typename Attend>
inline void for_each_token(const Params& p, const Buffers& b, Attend attend) {
  const auto put_values = [&](const auto* values, int32_t slot) {
    put_as_they_are(b.value_cache, values, p.kv_heads * p.value_size, slot);
  };
  for_each_token(p, b, put_values, attend);
}

}  // namespace tmc::kernels
