// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: the scores of one query and head are in scratch while its row of the output is made.

#include "tmc/base/math.hpp"
#include "tmc/kernels/common/attention.hpp"
#include "tmc/kernels/contract/attention.hpp"

namespace tmc::kernels::portable {

struct AttentionF32 : ImplementationOf<kernels::AttentionF32> {
  static constexpr bool applies(const Params& p) {
    const bool is_known =
        p.mask_dtype == static_cast<int32_t>(DType::kF32) || p.mask_dtype == static_cast<int32_t>(DType::kBool);
    return has_extents_of_attention(p) && is_known;
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{p.keys} * int64_t{sizeof(float)}; }
  static constexpr Overlap overlap(const Params& p, int buffer) {
    return overlap_with_queries(p, buffer, sizeof(float));
  }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.heads * p.queries * p.keys * (60 + 6.0 * (p.size + p.value_size));
  }

  static void run(Params p, Buffers b) {
    for (int32_t item = 0; item < p.batch; ++item) {
      for (int32_t i = 0; i < p.queries; ++i) {
        const KeyRange seen = keys_of(p, i);
        for (int32_t head = 0; head < p.heads; ++head) run_row(p, b, item, i, head, seen);
      }
    }
  }

 private:
  static constexpr float kHidden = -__builtin_inff();

  static void run_row(const Params& p, const Buffers& b, int32_t item, int32_t i, int32_t head, KeyRange seen) {
    auto* scores = static_cast<float*>(b.scratch);
    const int32_t row = (item * p.queries + i) * p.heads + head;
    const float largest = make_scores(p, b, item, i, head, seen, scores);
    float* output = b.output + row * p.value_size;
    for (int32_t d = 0; d < p.value_size; ++d) output[d] = 0;
    if (largest == kHidden) return;
    const int32_t width = p.kv_heads * p.value_size;
    const float* value = b.value + item * p.keys * width + kv_head_of(p, head) * p.value_size;
    float sum = 0;
    for (int32_t j = seen.begin; j < seen.end; ++j) {
      const float share = exp_f32(scores[j] - largest);
      sum += share;
      for (int32_t d = 0; d < p.value_size; ++d) output[d] += share * value[j * width + d];
    }
    for (int32_t d = 0; d < p.value_size; ++d) output[d] /= sum;
  }

  // Gives the largest.
  static float make_scores(const Params& p, const Buffers& b, int32_t item, int32_t i, int32_t head, KeyRange seen,
                           float* scores) {
    const float* query = b.query + ((item * p.queries + i) * p.heads + head) * p.size;
    const int32_t width = p.kv_heads * p.size;
    const float* key = b.key + item * p.keys * width + kv_head_of(p, head) * p.size;
    const int32_t mask = mask_row(p, item, head, i);
    float largest = kHidden;
    for (int32_t j = seen.begin; j < seen.end; ++j) {
      float product = 0;
      for (int32_t d = 0; d < p.size; ++d) product += query[d] * key[j * width + d];
      scores[j] = masked(p, b, mask + j * p.mask_strides[3], capped(p, product * p.scale));
      if (scores[j] > largest) largest = scores[j];
    }
    return largest;
  }

  static float capped(const Params& p, float score) {
    return p.softcap > 0 ? p.softcap * tanh_f32(score / p.softcap) : score;
  }

  static float masked(const Params& p, const Buffers& b, int32_t at, float score) {
    if (p.has_mask == 0) return score;
    if (p.mask_dtype == static_cast<int32_t>(DType::kF32)) return score + static_cast<const float*>(b.mask)[at];
    return static_cast<const Bool*>(b.mask)[at] ? score : kHidden;
  }
};

}  // namespace tmc::kernels::portable
