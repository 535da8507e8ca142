// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Heads that share keys and values go over them two at a time, the last of an odd number by itself
// (detail/slot_run.hpp), as large ones all do. What they need is on the stack.

#include "tmc/kernels/armv7em/detail/reciprocal.hpp"
#include "tmc/kernels/armv7em/detail/slot_run.hpp"
#include "tmc/kernels/common/cached_attention.hpp"
#include "tmc/kernels/contract/cached_attention.hpp"

namespace tmc::kernels::armv7em {

struct CachedAttentionS8 : ImplementationOf<kernels::CachedAttentionS8> {
  static constexpr int32_t kMostSize = 64;       // of a head, and of two together
  static constexpr int32_t kMostScoreShift = 7;  // of queries, whose lanes hold 255 << 7

  static constexpr bool applies(const Params& p) {
    return has_extents_of_cached_attention(p) && has_numbers_of_attention_s8(p, p.slots) && p.size % 4 == 0 &&
           p.score_shift <= kMostScoreShift && p.value_size % 2 == 0 && p.size <= kMostSize &&
           p.value_size <= kMostSize;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    const double twos = go_together(p) ? heads_of_group(p) / 2 : 0, ones = heads_of_group(p) - 2 * twos;
    const double of_twos = 38 + 4.25 * p.size + 6.0 * p.value_size, of_ones = 24 + 3.25 * p.size + 4.5 * p.value_size;
    return 1.0 * p.tokens * p.kv_heads * p.slots * (twos * of_twos + ones * of_ones);
  }

  static void run(Params p, Buffers b) {
    // Loops over keys of a few groups are written out.
    if (p.size == 8) return run_tokens<2>(p, b);
    if (p.size == 16) return run_tokens<4>(p, b);
    run_tokens<0>(p, b);
  }

 private:
  static constexpr int32_t heads_of_group(const Params& p) { return p.heads / p.kv_heads; }

  static constexpr bool go_together(const Params& p) {
    return 2 * p.size <= kMostSize && 2 * p.value_size <= kMostSize;
  }

  // What heads that go together know.
  template <int kHeads>
  struct Heads {
    int32_t query[kMostSize / 2];             // lanes
    int32_t scores[kHeads * (kSlotRun + 1)];  // and that of an odd last slot again
    int32_t totals[kMostSize];
    AttentionState states[kHeads];
  };

  template <int kGroups>
  static void run_tokens(const Params& p, const Buffers& b) {
    for_each_token(p, b, [&](int32_t token, int32_t seen) {
      for (int32_t kv_head = 0; kv_head < p.kv_heads; ++kv_head) {
        int32_t at = token * p.heads + kv_head * heads_of_group(p);
        const int32_t end = at + heads_of_group(p);
        for (; go_together(p) && at + 1 < end; at += 2) run_heads<2, kGroups>(p, b, at, kv_head, seen);
        for (; at < end; ++at) run_heads<1, kGroups>(p, b, at, kv_head, seen);
      }
    });
  }

  // Of heads from row `at` of the queries on.
  template <int kHeads, int kGroups>
  [[gnu::noinline]] static void run_heads(const Params& p, const Buffers& b, int32_t at, int32_t kv_head,
                                          int32_t seen) {
    Heads<kHeads> heads;
    widen<kHeads>(p, b, query_place(p, at, 0), heads.query);
    clear_words(heads.totals, kHeads * p.value_size);
    for (int32_t begin = 0; begin < seen; begin += kSlotRun) {
      run_slots<kHeads, kGroups>(p, b, at, kv_head, begin, seen - begin < kSlotRun ? seen : begin + kSlotRun, heads);
    }
    for (int32_t i = 0; i < kHeads; ++i) {
      finish_row<quick_reciprocal_of>(p, heads.states[i], heads.totals + i, kHeads, b.output + (at + i) * p.value_size);
    }
  }

  template <int kHeads>
  static void widen(const Params& p, const Buffers& b, int32_t place, int32_t* lanes) {
    widen_queries<kHeads>(b.query + place, p.size, p.query_zero_point, p.score_shift, lanes);
  }

  template <int kHeads, int kGroups>
  static void run_slots(const Params& p, const Buffers& b, int32_t at, int32_t kv_head, int32_t begin, int32_t end,
                        Heads<kHeads>& heads) {
    int32_t largest[kHeads];
    for (int32_t& each : largest) each = kHiddenScore;
    const int32_t width = p.kv_heads * p.size;
    const auto score = [&](int32_t first, int32_t behind) {
      if (first == behind) return;
      const SlotRows keys{b.key_cache + first * width + kv_head * p.size, width, behind - first};
      make_slot_scores<kHeads, kGroups>(keys, heads.query, heads.query + kHeads * p.size / 2, p.score_multiplier,
                                        heads.scores + kHeads * (first - begin), largest);
    };
    const int32_t ring = p.sinks < begin ? begin : p.sinks < end ? p.sinks : end;
    score(begin, ring);
    if (p.sink_query != 0 && begin <= p.sinks && p.sinks < end) widen<kHeads>(p, b, at * p.size, heads.query);
    score(ring, end);
    weigh(p, b, kv_head, begin, end - begin, largest, heads);
  }

  // Scores to exponentials, and what they add to the totals.
  template <int kHeads>
  static void weigh(const Params& p, const Buffers& b, int32_t kv_head, int32_t begin, int32_t slots,
                    const int32_t (&largest)[kHeads], Heads<kHeads>& heads) {
    for (int32_t i = 0; i < kHeads; ++i) {
      if (slots % 2 != 0) heads.scores[kHeads * slots + i] = kHiddenScore;
      begin_run(largest[i], b.exponentials, heads.states[i], heads.totals + i, p.value_size, kHeads);
      heads.states[i].sum =
          make_slot_exponentials<kHeads>(heads.scores + i, (slots + 1) / 2, heads.states[i], b.exponentials);
    }
    const int32_t width = p.kv_heads * p.value_size;
    const SlotRows values{b.value_cache + begin * width + kv_head * p.value_size, width, slots};
    add_slot_values<kHeads>(values, p.value_size, heads.scores, p.total_shift, heads.totals);
  }
};

}  // namespace tmc::kernels::armv7em
