// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Integer attention of a token to the slots that it sees, whatever form values have there.

#include "tmc/kernels/common/attention_s8.hpp"
#include "tmc/kernels/common/cached_attention.hpp"

namespace tmc::kernels::portable {

// A run of slots that a head sees.
struct SlotsOfRow {
  int32_t begin, count, kv_head;
};

// score_with(row of queries, slot, head of keys) is the score of a slot, and add_values(slots, scores, state, totals)
// makes exponentials of the run's scores and adds up what they weigh.
template <typename Contract, typename Params, typename Buffers, typename ScoreWith, typename AddValues>
void attend_to_slots(const Params& p, const Buffers& b, int32_t token, int32_t seen, ScoreWith score_with,
                     AddValues add_values) {
  constexpr int32_t kRun = kernels::AttentionS8::kRun;
  for (int32_t head = 0; head < p.heads; ++head) {
    const int32_t at = token * p.heads + head, kv_head = kv_head_of(p, head);
    int32_t totals[Contract::kMostValueSize];
    for (int32_t d = 0; d < p.value_size; ++d) totals[d] = 0;
    AttentionState state{};
    for (int32_t begin = 0; begin < seen; begin += kRun) {
      const int32_t end = seen - begin < kRun ? seen : begin + kRun;
      int32_t scores[kRun];
      int32_t largest = kHiddenScore;
      for (int32_t slot = begin; slot < end; ++slot) {
        const int32_t score = score_with(at, slot, kv_head);
        scores[slot - begin] = score;
        largest = score > largest ? score : largest;
      }
      begin_run(largest, b.exponentials, state, totals, p.value_size, 1);
      add_values(SlotsOfRow{begin, end - begin, kv_head}, scores, state, totals);
    }
    finish_row(p, state, totals, 1, b.output + at * p.value_size);
  }
}

// The same of keys that lie in their slots as they are.
template <typename Contract, typename Params, typename Buffers, typename AddValues>
void attend_to_slots(const Params& p, const Buffers& b, int32_t token, int32_t seen, AddValues add_values) {
  const auto score_with = [&](int32_t at, int32_t slot, int32_t kv_head) {
    const int8_t* key = b.key_cache + (slot * p.kv_heads + kv_head) * p.size;
    return score_of(p, query_product(p, b.query + query_place(p, at, slot), key));
  };
  attend_to_slots<Contract>(p, b, token, seen, score_with, add_values);
}

}  // namespace tmc::kernels::portable
