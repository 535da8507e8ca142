// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// attention_s8 (contract/attention_s8.hpp) whose scores are limited to softcap * tanh(score / softcap) before a mask is
// added to them. Keys have a zero point, since such scores do not move alike:
//
//   product = sum over d of (query[d] - query_zero_point) * (key[d] - key_zero_point)
//   x = (product * 2^score_shift * score_multiplier + 2^31) >> 32    2^16 to the softcap
//   far = min(|x|, 2^19 - 1), n = far >> 11
//   score = caps[n] + (((caps[n + 1] - caps[n]) * (far & 2047) + 1024) >> 11), with the sign of x
//
// The second constant of the model: caps i16 [257], of which element n is the score for x = n * 2^11, so that those
// between are interpolated; the last two are the softcap. size << score_shift <= 2^14.

#include "tmc/kernels/contract/attention_s8.hpp"

namespace tmc::kernels {

struct AttentionS8Softcap {
  static constexpr const char* kName = "attention_s8_softcap";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_ATTENTION_S8 int32_t key_zero_point, caps;)

  static constexpr int32_t kRun = AttentionS8::kRun;
  static constexpr int32_t kMaxSize = AttentionS8::kMaxSize / 2;  // times 2^score_shift
  static constexpr int32_t kSoftcapBits = 16;                     // of x
  static constexpr int32_t kStepBits = 11;                        // of x between two caps
  static constexpr int32_t kCaps = 257;

  struct Buffers {
    const int8_t* query;
    const int8_t* key;
    const int8_t* value;
    const void* mask;
    const int16_t* exponentials;
    const int16_t* caps;
    int8_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"query", Role::kInput},           {"key", Role::kInput},
                                            {"value", Role::kInput},           {"mask", Role::kInput},
                                            {"exponentials", Role::kConstant}, {"caps", Role::kConstant},
                                            {"output", Role::kOutput},         {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
