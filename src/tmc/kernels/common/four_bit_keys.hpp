// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The cache of keys of contract/cached_attention_s4.hpp: where they lie, and how a token's are put there.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/common/four_bit_values.hpp"
#include "tmc/kernels/contract/cached_attention_s4.hpp"

namespace tmc::kernels {

inline constexpr int32_t kKeysOfWord = 8;

// Of a slot and a head.
template <typename Params>
constexpr int32_t key_words(const Params& p) {
  return (p.size + kKeysOfWord - 1) / kKeysOfWord;
}

// Where the words of a slot and a head begin.
template <typename Params>
constexpr int32_t key_place(const Params& p, int32_t slot, int32_t kv_head) {
  return (slot * p.kv_heads + kv_head) * 4 * key_words(p);
}

// Where the byte of their grid lies.
template <typename Params>
constexpr int32_t key_grid_place(const Params& p, int32_t slot, int32_t kv_head) {
  return key_place(p, p.slots, 0) + slot * p.kv_heads + kv_head;
}

template <typename Params>
constexpr bool has_turns(const Params& p) {
  return p.turns_elements > 1;
}

// The largest score that such products come to.
constexpr int64_t most_score(int64_t most_product, int32_t shift, int32_t multiplier) {
  return (((most_product << shift) * multiplier) >> 32) + 1;
}

constexpr bool has_numbers_of_turns(const CachedAttentionS4::Params& p) {
  using Contract = CachedAttentionS4;
  const int64_t most_key = int64_t{Contract::kMostKey} * Contract::kMostMultiplier;
  int64_t most = most_score(255 * most_key * p.size, p.score_shift, p.score_multiplier);
  if (has_turns(p)) {
    if (p.turns_elements != int64_t{p.slots} * p.size ||
        p.mean_query_elements != product_of(p.tokens, p.heads, p.size) || p.mean_shift < 0 || p.mean_shift > 15 ||
        int64_t{p.size} << p.mean_shift > AttentionS8::kMaxSize || p.mean_multiplier < 0) {
      return false;
    }
    most += most_score(int64_t{1 << 14} * p.size, p.mean_shift, p.mean_multiplier);
  }
  return most < Contract::kMostScore;
}

constexpr bool is_cached_attention_s4(const CachedAttentionS4::Params& p) {
  if (p.size <= 0 || p.size > AttentionS8::kMaxSize || p.slots <= 0 || p.kv_heads <= 0) return false;
  return takes_four_bit_values(p, product_of(p.slots, p.kv_heads, 4 * key_words(p) + 1)) && has_numbers_of_turns(p);
}

// Where the slots that a token sees lie in turns: distance of each, in parts in which it falls by one from slot to
// slot.
struct SlotDistances {
  int32_t own, slots, sinks;
  bool was_full;

  explicit constexpr SlotDistances(const StreamSlot& place)
      : own(place.slot), slots(place.slots), sinks(place.sinks), was_full(place.filled == place.slots) {}

  constexpr int32_t of(int32_t slot) const {
    if (was_full && slot < sinks) return slots - 1 - slot;
    if (slot <= own) return own - slot;
    return own - slot + (own < sinks ? slots : slots - sinks);
  }
  // Behind which slot the part ends that this one is in, of those before `end`.
  constexpr int32_t end_of_part(int32_t slot, int32_t end) const {
    const int32_t next = was_full && slot < sinks ? sinks : slot <= own ? own + 1 : end;
    return next < end ? next : end;
  }
};

// What the elements of a key are multiples of, and what stands for 0.
struct KeyGrid {
  int32_t multiplier, zero;

  static constexpr KeyGrid of(uint8_t byte) { return {(byte & 15) + 1, byte >> 4}; }
  constexpr uint8_t byte() const { return static_cast<uint8_t>((multiplier - 1) | zero << 4); }

  // As the cache has it.
  constexpr uint32_t held(int32_t key) const {
    const int32_t magnitude = (2 * (key < 0 ? -key : key) + multiplier) / (2 * multiplier);
    return static_cast<uint32_t>(clamp(zero + (key < 0 ? -magnitude : magnitude), 0, CachedAttentionS4::kMostKey));
  }
};

// Of a head's key.
inline KeyGrid key_grid(const int8_t* key, int32_t size) {
  using Contract = CachedAttentionS4;
  int32_t low = 0, high = 0;
  for (int32_t d = 0; d < size; ++d) {
    low = key[d] < low ? key[d] : low;
    high = key[d] > high ? key[d] : high;
  }
  const int32_t multiplier =
      clamp((high - low + Contract::kMostKey - 1) / Contract::kMostKey, 1, Contract::kMostMultiplier);
  return {multiplier, clamp((-2 * low + multiplier) / (2 * multiplier), 0, Contract::kMostKey)};
}

// Puts the keys of a token into its slot.
template <typename Params>
inline void put_four_bit_keys(const Params& p, const int8_t* keys, int32_t slot, uint8_t* cache) {
  for (int32_t head = 0; head < p.kv_heads; ++head, keys += p.size) {
    const KeyGrid grid = key_grid(keys, p.size);
    const auto held = [&](int32_t d) { return grid.held(d < p.size ? keys[d] : 0); };
    uint8_t* to = cache + key_place(p, slot, head);
    for (int32_t d = 0; d < kKeysOfWord * key_words(p); d += 2) {
      *to++ = static_cast<uint8_t>(held(d) | held(d + 1) << 4);
    }
    cache[key_grid_place(p, slot, head)] = grid.byte();
  }
}

}  // namespace tmc::kernels
