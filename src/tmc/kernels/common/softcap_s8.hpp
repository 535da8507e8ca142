// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What attention_s8_softcap does beside attention_s8: implementations of both call these, which for the latter say
// nothing.

#include "tmc/kernels/common/attention_s8.hpp"
#include "tmc/kernels/contract/attention_s8_softcap.hpp"

namespace tmc::kernels {

constexpr bool has_numbers_of_softcap(const AttentionS8::Params&) {
  return true;
}
constexpr bool has_numbers_of_softcap(const AttentionS8Softcap::Params& p) {
  return int64_t{p.size} << p.score_shift <= AttentionS8Softcap::kMaxSize && p.key_zero_point >= -128 &&
         p.key_zero_point <= 127 && p.caps == AttentionS8Softcap::kCaps;
}

constexpr int32_t key_zero_point_of(const AttentionS8::Params&) {
  return 0;
}
constexpr int32_t key_zero_point_of(const AttentionS8Softcap::Params& p) {
  return p.key_zero_point;
}

// A scaled product to a score.
constexpr int32_t limited_score(const AttentionS8::Buffers&, int32_t score) {
  return score;
}
inline int32_t limited_score(const AttentionS8Softcap::Buffers& b, int32_t x) {
  constexpr int32_t kStep = 1 << AttentionS8Softcap::kStepBits;
  constexpr int32_t kFarthest = (AttentionS8Softcap::kCaps - 1) * kStep - 1;
  const int32_t distance = x < 0 ? -x : x;
  const int32_t far = distance < kFarthest ? distance : kFarthest;
  const int16_t* const caps = b.caps + far / kStep;
  const int32_t more = ((caps[1] - caps[0]) * (far % kStep) + kStep / 2) >> AttentionS8Softcap::kStepBits;
  return x < 0 ? -(caps[0] + more) : caps[0] + more;
}

}  // namespace tmc::kernels
