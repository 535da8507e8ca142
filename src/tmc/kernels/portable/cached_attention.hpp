// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: a run of slots is scored before its values are added up, so that no score of all slots is kept.

#include "tmc/base/math.hpp"
#include "tmc/kernels/common/attention_s8.hpp"
#include "tmc/kernels/common/cached_attention.hpp"
#include "tmc/kernels/contract/cached_attention.hpp"
#include "tmc/kernels/portable/detail/slot_rows.hpp"

namespace tmc::kernels::portable {

struct CachedAttentionF32 : ImplementationOf<kernels::CachedAttentionF32> {
  static constexpr bool applies(const Params& p) { return has_extents_of_cached_attention(p); }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.tokens * p.heads * p.slots * (60 + 6.0 * (p.size + p.value_size));
  }

  static void run(Params p, Buffers b) {
    for_each_token(p, b, [&](int32_t token, int32_t seen) {
      for (int32_t head = 0; head < p.heads; ++head) run_row(p, b, token, head, seen);
    });
  }

 private:
  static constexpr int32_t kRun = 32;  // slots

  // The weighted mean of a head, as far as it has come.
  struct Row {
    float largest, sum;
    float* output;
  };

  static void run_row(const Params& p, const Buffers& b, int32_t token, int32_t head, int32_t seen) {
    const int32_t at = token * p.heads + head;
    Row row{-__builtin_inff(), 0, b.output + at * p.value_size};
    for (int32_t d = 0; d < p.value_size; ++d) row.output[d] = 0;
    for (int32_t begin = 0; begin < seen; begin += kRun) {
      const int32_t end = seen - begin < kRun ? seen : begin + kRun;
      float scores[kRun];
      raise(p, row, make_scores(p, b, at, head, begin, end, scores));
      add_values(p, b, head, begin, end, scores, row);
    }
    for (int32_t d = 0; d < p.value_size; ++d) row.output[d] /= row.sum;
  }

  // Gives the largest.
  static float make_scores(const Params& p, const Buffers& b, int32_t at, int32_t head, int32_t begin, int32_t end,
                           float* scores) {
    float largest = -__builtin_inff();
    for (int32_t slot = begin; slot < end; ++slot) {
      const float* query = b.query + query_place(p, at, slot);
      const float* key = b.key_cache + (slot * p.kv_heads + kv_head_of(p, head)) * p.size;
      float product = 0;
      for (int32_t d = 0; d < p.size; ++d) product += query[d] * key[d];
      scores[slot - begin] = product * p.scale;
      if (scores[slot - begin] > largest) largest = scores[slot - begin];
    }
    return largest;
  }

  static void raise(const Params& p, Row& row, float largest) {
    if (!(largest > row.largest)) return;
    const float factor = exp_f32(row.largest - largest);
    row.largest = largest;
    row.sum *= factor;
    for (int32_t d = 0; d < p.value_size; ++d) row.output[d] *= factor;
  }

  static void add_values(const Params& p, const Buffers& b, int32_t head, int32_t begin, int32_t end,
                         const float* scores, Row& row) {
    for (int32_t slot = begin; slot < end; ++slot) {
      const float* value = b.value_cache + (slot * p.kv_heads + kv_head_of(p, head)) * p.value_size;
      const float share = exp_f32(scores[slot - begin] - row.largest);
      row.sum += share;
      for (int32_t d = 0; d < p.value_size; ++d) row.output[d] += share * value[d];
    }
  }
};

struct CachedAttentionS8 : ImplementationOf<kernels::CachedAttentionS8> {
  static constexpr bool applies(const Params& p) {
    return has_extents_of_cached_attention(p) && has_numbers_of_attention_s8(p, p.slots) &&
           p.value_size <= Contract::kMostValueSize;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.tokens * p.heads * p.slots * (40 + 9.0 * (p.size + p.value_size));
  }

  static void run(Params p, Buffers b) {
    for_each_token(p, b, [&](int32_t token, int32_t seen) {
      attend_to_slots<Contract>(p, b, token, seen,
                                [&](const SlotsOfRow& of, int32_t* scores, AttentionState& state, int32_t* totals) {
                                  const int32_t width = p.kv_heads * p.value_size;
                                  const int8_t* values = b.value_cache + of.begin * width + of.kv_head * p.value_size;
                                  add_run(p, of.count, b.exponentials, values, width, scores, state, totals);
                                });
    });
  }
};

}  // namespace tmc::kernels::portable
