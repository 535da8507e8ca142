// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Causal attention of the newest tokens of a stream to keys and values in slots: query [tokens, heads * size], key
// [tokens, kv_heads * size], value [tokens, kv_heads * value_size], key_cache [slots, kv_heads * size], value_cache
// [slots, kv_heads * value_size], output [tokens, heads * value_size]. Head h of the queries looks at head h / (heads /
// kv_heads) of keys and values. place is that of common/stream_place.hpp.
//
// The caches are outputs that hold already what they held: only the rows of the tokens' slots are written. Token after
// token, its key and value go to the next slot, then its heads see the slots that are filled. Those below `sinks` they
// see by the query that lies sink_query elements behind theirs, where that is not 0. No model constants but where they
// are named.
//
// cached_attention_f32: slots are taken in runs of 32. Scores are products, added up in the order of `size`, times
// scale. Their exponentials less the largest so far (base/math.hpp) are added up in the order of slots, and so are
// their products with values; where a run raises the largest, both sums are first times the exponential of the
// difference. At the end the row is divided by the sum.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

#define TMC_CACHED_ATTENTION                                                                                      \
  int32_t query_elements, key_elements, value_elements, place_elements, key_cache_elements, value_cache_elements, \
      output_elements;                                                                                            \
  int32_t tokens, heads, kv_heads, size, value_size, slots, sinks, sink_query;

#define TMC_CACHED_ATTENTION_S8                                                               \
  TMC_CACHED_ATTENTION int32_t query_zero_point, score_multiplier, score_shift, exponentials; \
  int32_t total_shift;                                                                        \
  int32_t output_zero_point, output_multiplier, output_shift, output_offset;

struct CachedAttentionF32 {
  static constexpr const char* kName = "cached_attention_f32";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_CACHED_ATTENTION float scale;)

  struct Buffers {
    const float* query;
    const float* key;
    const float* value;
    const int32_t* place;
    float* key_cache;
    float* value_cache;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"query", Role::kInput},      {"key", Role::kInput},          {"value", Role::kInput},  {"place", Role::kInput},
      {"key_cache", Role::kOutput}, {"value_cache", Role::kOutput}, {"output", Role::kOutput}};
};

// The same of int8, with the arithmetic of attention_s8 (contract/attention_s8.hpp) without a mask: runs of 32 slots in
// place of keys, queries with a zero point, tables and multipliers as there. slots <= 512 << total_shift.
struct CachedAttentionS8 {
  static constexpr const char* kName = "cached_attention_s8";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_CACHED_ATTENTION_S8)

  static constexpr int32_t kMostValueSize = 256;  // whose totals are on the stack

  struct Buffers {
    const int8_t* query;
    const int8_t* key;
    const int8_t* value;
    const int32_t* place;
    const int16_t* exponentials;
    int8_t* key_cache;
    int8_t* value_cache;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"query", Role::kInput},           {"key", Role::kInput},
                                            {"value", Role::kInput},           {"place", Role::kInput},
                                            {"exponentials", Role::kConstant}, {"key_cache", Role::kOutput},
                                            {"value_cache", Role::kOutput},    {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
