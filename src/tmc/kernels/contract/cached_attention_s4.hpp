// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// cached_attention_s8_s4 (contract/cached_attention_s8_s4.hpp) with keys of four bits in their cache too, of which each
// token and head has a multiplier and a zero point. A key k of int8 becomes q in [0, 15], which stands for (q - zero) *
// multiplier:
//
//   low = min(0, the least of k over the head's elements of the token), high = max(0, the largest)
//   multiplier = the least integer from 1 to 16 that is (high - low) / 15 or more, else 16
//   zero = -low / multiplier to the nearest, halves up, at most 15
//   q = k / multiplier to the nearest, halves away from zero, plus zero, saturated
//
// and a score is made of
//
//   product = multiplier * sum over d of (query[d] - query_zero_point) * (q[d] - zero)
//
// Where turns_elements is not 0, keys come less a mean that turned with their tokens, and what it gives is added to the
// score: with turns i8 [slots, size], mean_query [tokens, heads * size], mean_multiplier and mean_shift, by the
// arithmetic of scores,
//
//   product = sum over d of mean_query[d] * turns[distance][d]
//
// where distance is how many tokens ago the slot was put there, for the sinks of a window that was full before the
// token slots - 1 less their slot. Without it mean_query is any i8, and turns [1]. Scores are below kMostScore in size.
//
// The cache is [slots, kv_heads * (4 * words + 1)]: for each slot and head, head after head, words of little endian,
// each of eight elements, in bits [4d, 4d + 4) that of place d; places behind the last element hold the zero point.
// After all words there is a byte for each slot and head, with the multiplier less one in its lower bits and the zero
// point above.

#include "tmc/kernels/contract/cached_attention_s8_s4.hpp"

namespace tmc::kernels {

struct CachedAttentionS4 {
  static constexpr const char* kName = "cached_attention_s4";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_CACHED_ATTENTION_S8 int32_t mean_query_elements, turns_elements, mean_multiplier, mean_shift;)

  static constexpr int32_t kMostValueSize = CachedAttentionS8S4::kMostValueSize;
  static constexpr int32_t kMostKey = 15;         // as it is kept, and a zero point
  static constexpr int32_t kMostMultiplier = 16;  // of keys
  static constexpr int32_t kMostScore = 1 << 30;

  struct Buffers {
    const int8_t* query;
    const int8_t* key;
    const int8_t* value;
    const int32_t* place;
    const int8_t* mean_query;
    const int16_t* exponentials;
    const int8_t* turns;
    uint8_t* key_cache;
    uint8_t* value_cache;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"query", Role::kInput},        {"key", Role::kInput},
                                            {"value", Role::kInput},        {"place", Role::kInput},
                                            {"mean_query", Role::kInput},   {"exponentials", Role::kConstant},
                                            {"turns", Role::kConstant},     {"key_cache", Role::kOutput},
                                            {"value_cache", Role::kOutput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
