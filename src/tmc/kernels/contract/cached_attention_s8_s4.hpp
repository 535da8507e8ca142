// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// cached_attention_s8 (contract/cached_attention.hpp) with values of four bits in their cache, and a multiplier for
// each token and head. A value v of int8 becomes q in [-7, 7], which stands for q * multiplier:
//
//   multiplier = min((largest + 6) / 7, 15)    in integers; largest of |v| over the head's values of the token
//   q = v / multiplier to the nearest, halves away from zero, saturated; 0 where the multiplier is
//
// Values beyond 105 are cut off there. The cache has the slots in pairs. For each pair and head, head after head, lie
// words of little endian, each of four values: those of the even slot in the lower half, in bits [4d, 4d + 4) of it
// that of place d, as q + 8; those of the odd slot in the upper half. Places behind the last value hold 8. After all
// words there is a byte for each pair and head, with the multiplier of the even slot in its lower bits and that of the
// odd one above. Where slots are odd in number the last pair has an odd one that is not used.
//
// Attention is that of cached_attention_s8 but for
//
//   totals[d] += (sum over the run of ((exponential * multiplier + 8) >> 4) * q[d] + half) >> total_shift
//
// so totals are 16ths, for which output_multiplier and output_shift stand. slots <= 8192 << total_shift, and at most
// kMostSlots.

#include "tmc/kernels/contract/cached_attention.hpp"

namespace tmc::kernels {

struct CachedAttentionS8S4 {
  static constexpr const char* kName = "cached_attention_s8_s4";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_CACHED_ATTENTION_S8)

  static constexpr int32_t kMostValueSize = CachedAttentionS8::kMostValueSize;
  static constexpr int32_t kMost = 7;             // of q
  static constexpr int32_t kMostMultiplier = 15;  // 4 bits, as those of an exponential that go for it
  static constexpr int32_t kMultiplierBits = 4;
  static constexpr int32_t kMostSlots = 1 << 15;

  struct Buffers {
    const int8_t* query;
    const int8_t* key;
    const int8_t* value;
    const int32_t* place;
    const int16_t* exponentials;
    int8_t* key_cache;
    uint8_t* value_cache;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"query", Role::kInput},           {"key", Role::kInput},
                                            {"value", Role::kInput},           {"place", Role::kInput},
                                            {"exponentials", Role::kConstant}, {"key_cache", Role::kOutput},
                                            {"value_cache", Role::kOutput},    {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
