// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The cache of values of contract/cached_attention_s8_s4.hpp: where they lie, and how a token's are put there.

#include "tmc/kernels/common/attention_s8.hpp"
#include "tmc/kernels/common/cached_attention.hpp"
#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/cached_attention_s8_s4.hpp"

namespace tmc::kernels {

// Of a pair of slots and a head.
template <typename Params>
constexpr int32_t value_words(const Params& p) {
  return (p.value_size + 3) / 4;
}

template <typename Params>
constexpr int32_t slot_pairs(const Params& p) {
  return p.slots / 2 + p.slots % 2;
}

// Whether extents and numbers are such that no sum overflows, with so many elements in the cache of keys.
template <typename Params>
constexpr bool takes_four_bit_values(const Params& p, int64_t key_cache) {
  using Contract = CachedAttentionS8S4;
  const bool is_small = p.value_size > 0 && p.value_size <= Contract::kMostValueSize && p.slots > 0 &&
                        p.slots <= Contract::kMostSlots && p.kv_heads > 0 && p.kv_heads <= INT16_MAX;
  if (!is_small) return false;
  const int64_t cache = product_of(slot_pairs(p), p.kv_heads, 4 * value_words(p) + 1);
  return has_extents_of_cached_attention(p, key_cache, cache) && has_numbers_of_attention_s8(p, (p.slots + 15) / 16);
}

constexpr bool is_cached_attention_s8_s4(const CachedAttentionS8S4::Params& p) {
  return takes_four_bit_values(p, elements_of_key_cache(p));
}

// Where the words of a pair of slots and a head begin.
template <typename Params>
constexpr int32_t value_place(const Params& p, int32_t pair, int32_t kv_head) {
  return (pair * p.kv_heads + kv_head) * 4 * value_words(p);
}

// Where their multipliers lie.
template <typename Params>
constexpr int32_t multiplier_place(const Params& p, int32_t pair, int32_t kv_head) {
  return value_place(p, slot_pairs(p), 0) + pair * p.kv_heads + kv_head;
}

// Of one slot.
constexpr int32_t multiplier_of(uint8_t of_pair, int32_t slot) {
  return slot % 2 == 0 ? of_pair & 15 : of_pair >> 4;
}

// What an exponential weighs values of four bits by.
constexpr int32_t multiplied_exponential(int32_t exponential, int32_t multiplier) {
  return (exponential * multiplier + 8) >> CachedAttentionS8S4::kMultiplierBits;
}

// The multiplier of a head's values.
inline int32_t four_bit_multiplier(const int8_t* values, int32_t count) {
  using Contract = CachedAttentionS8S4;
  int32_t largest = 0;
  for (int32_t d = 0; d < count; ++d) {
    const int32_t magnitude = values[d] < 0 ? -values[d] : values[d];
    largest = magnitude > largest ? magnitude : largest;
  }
  const int32_t multiplier = (largest + Contract::kMost - 1) / Contract::kMost;
  return multiplier < Contract::kMostMultiplier ? multiplier : Contract::kMostMultiplier;
}

// As the cache has it.
inline uint32_t four_bit_value(int32_t value, int32_t multiplier) {
  constexpr int32_t kMost = CachedAttentionS8S4::kMost;
  if (multiplier == 0) return kMost + 1;
  const int32_t magnitude = (2 * (value < 0 ? -value : value) + multiplier) / (2 * multiplier);
  const int32_t held = magnitude < kMost ? magnitude : kMost;
  return static_cast<uint32_t>(kMost + 1 + (value < 0 ? -held : held));
}

// Puts the values of a token into its slot.
template <typename Params>
inline void put_four_bit_values(const Params& p, const int8_t* values, int32_t slot, uint8_t* cache) {
  const int32_t pair = slot / 2, half = slot % 2;
  for (int32_t head = 0; head < p.kv_heads; ++head, values += p.value_size) {
    const int32_t multiplier = four_bit_multiplier(values, p.value_size);
    uint8_t* to = cache + value_place(p, pair, head) + 2 * half;
    for (int32_t d = 0; d < p.value_size; d += 4, to += 4) {
      uint32_t word = 0;
      for (int32_t i = 3; i >= 0; --i) {
        const int32_t value = d + i < p.value_size ? values[d + i] : 0;
        word = word << 4 | four_bit_value(value, multiplier);
      }
      to[0] = static_cast<uint8_t>(word);
      to[1] = static_cast<uint8_t>(word >> 8);
    }
    uint8_t& both = cache[multiplier_place(p, pair, head)];
    both = static_cast<uint8_t>(half == 0 ? (both & 0xF0) | multiplier : (both & 0x0F) | multiplier << 4);
  }
}

}  // namespace tmc::kernels
