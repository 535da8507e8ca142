// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Integer attention to slots, whatever form keys and values have there: heads that share keys and values go over them
// two at a time, the last of an odd number by itself (detail/slot_run.hpp), as large ones all do. What they need is on
// the stack.

#include "tmc/kernels/armv7em/detail/reciprocal.hpp"
#include "tmc/kernels/armv7em/detail/slot_run.hpp"
#include "tmc/kernels/common/cached_attention.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kMostHeadSize = 64;       // and of two heads together
inline constexpr int32_t kMostSlotScoreShift = 7;  // of queries, whose lanes hold 255 << 7

template <typename Params>
constexpr int32_t heads_of_group(const Params& p) {
  return p.heads / p.kv_heads;
}

template <typename Params>
constexpr bool go_together(const Params& p) {
  return 2 * p.size <= kMostHeadSize && 2 * p.value_size <= kMostHeadSize;
}

template <typename Params>
constexpr bool has_head_sizes(const Params& p) {
  return p.size % 4 == 0 && p.score_shift <= kMostSlotScoreShift && p.size <= kMostHeadSize &&
         p.value_size <= kMostHeadSize;
}

// Of full caches, where a slot takes so many for two heads, and for one.
template <typename Params>
constexpr double slot_instructions(const Params& p, double of_twos, double of_ones) {
  const double twos = go_together(p) ? heads_of_group(p) / 2 : 0, ones = heads_of_group(p) - 2 * twos;
  return 1.0 * p.tokens * p.kv_heads * p.slots * (twos * of_twos + ones * of_ones);
}

// What heads that go together know.
template <int kHeads>
struct SlotHeads {
  int32_t query[kMostHeadSize / 2];         // lanes
  int32_t scores[kHeads * (kSlotRun + 1)];  // and that of an odd last slot again
  int32_t totals[kMostHeadSize];
  AttentionState states[kHeads];
};

// A run of slots.
struct SlotRange {
  int32_t begin, count, kv_head;
};

// Keys as they come: put(p, b, keys, slot) puts a token's there, widen(p, b, at, place, heads) makes lanes of queries
// from row `at` on, which begin at that place, and score<kHeads, kGroups>(p, b, slots, seen, heads, scores, largest)
// makes scores of slots, [slots][heads] and at most as many behind an odd last one, and takes the largest ones in.
// Heads is what it needs to know of heads, and Seen of the slots that a token sees, of which count(seen) says how many
// they are.
struct WholeKeys {
  template <int kHeads>
  using Heads = SlotHeads<kHeads>;
  using Seen = int32_t;

  static Seen see(const StreamSlot& place) { return place.seen(); }
  static int32_t count(Seen seen) { return seen; }

  template <typename Params, typename Buffers>
  static void put(const Params& p, const Buffers& b, const int8_t* keys, int32_t slot) {
    put_as_they_are(b.key_cache, keys, p.kv_heads * p.size, slot);
  }

  template <int kHeads, typename Params, typename Buffers>
  static void widen(const Params& p, const Buffers& b, int32_t, int32_t place, SlotHeads<kHeads>& heads) {
    widen_queries<kHeads>(b.query + place, p.size, p.query_zero_point, p.score_shift, heads.query);
  }

  template <int kHeads, int kGroups, typename Params, typename Buffers>
  static void score(const Params& p, const Buffers& b, const SlotRange& slots, Seen, const SlotHeads<kHeads>& heads,
                    int32_t* scores, int32_t* largest) {
    const int32_t width = p.kv_heads * p.size;
    const SlotRows keys{b.key_cache + slots.begin * width + slots.kv_head * p.size, width, slots.count};
    make_slot_scores<kHeads, kGroups>(keys, heads.query, heads.query + kHeads * p.size / 2, p.score_multiplier, scores,
                                      largest);
  }
};

// Values: put(p, b, values, slot) puts a token's there, and add<kHeads>(p, b, slots, heads) adds those of a run, times
// the exponentials that are in place of its scores, to the totals; that of a slot behind an odd last one is 0.
template <typename Keys, typename Values, typename Params, typename Buffers>
class SlotAttention {
 public:
  static void run(const Params& p, const Buffers& b) {
    // Loops over keys of a few groups are written out.
    if (p.size == 8) return run_tokens<2>(p, b);
    if (p.size == 16) return run_tokens<4>(p, b);
    run_tokens<0>(p, b);
  }

 private:
  using Seen = typename Keys::Seen;
  template <int kHeads>
  using Heads = typename Keys::template Heads<kHeads>;

  template <int kGroups>
  static void run_tokens(const Params& p, const Buffers& b) {
    const auto put_keys = [&](const int8_t* keys, int32_t slot) { Keys::put(p, b, keys, slot); };
    const auto put_values = [&](const int8_t* values, int32_t slot) { Values::put(p, b, values, slot); };
    for_each_token(p, b, put_keys, put_values, [&](int32_t token, const StreamSlot& place) {
      const Seen seen = Keys::see(place);
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
  [[gnu::noinline]] static void run_heads(const Params& p, const Buffers& b, int32_t at, int32_t kv_head, Seen seen) {
    Heads<kHeads> heads;
    Keys::template widen<kHeads>(p, b, at, query_place(p, at, 0), heads);
    clear_words(heads.totals, kHeads * p.value_size);
    const int32_t count = Keys::count(seen);
    for (int32_t begin = 0; begin < count; begin += kSlotRun) {
      const int32_t end = count - begin < kSlotRun ? count : begin + kSlotRun;
      run_slots<kHeads, kGroups>(p, b, at, kv_head, begin, end, seen, heads);
    }
    for (int32_t i = 0; i < kHeads; ++i) {
      finish_row<quick_reciprocal_of>(p, heads.states[i], heads.totals + i, kHeads, b.output + (at + i) * p.value_size);
    }
  }

  template <int kHeads, int kGroups>
  static void run_slots(const Params& p, const Buffers& b, int32_t at, int32_t kv_head, int32_t begin, int32_t end,
                        Seen seen, Heads<kHeads>& heads) {
    int32_t largest[kHeads];
    for (int32_t& each : largest) each = kHiddenScore;
    const auto score = [&](int32_t first, int32_t behind) {
      if (first == behind) return;
      Keys::template score<kHeads, kGroups>(p, b, SlotRange{first, behind - first, kv_head}, seen, heads,
                                            heads.scores + kHeads * (first - begin), largest);
    };
    const int32_t ring = p.sinks < begin ? begin : p.sinks < end ? p.sinks : end;
    score(begin, ring);
    if (p.sink_query != 0 && begin <= p.sinks && p.sinks < end) {
      Keys::template widen<kHeads>(p, b, at, at * p.size, heads);
    }
    score(ring, end);
    weigh(p, b, kv_head, begin, end - begin, largest, heads);
  }

  // Scores to exponentials, and what they add to the totals.
  template <int kHeads>
  static void weigh(const Params& p, const Buffers& b, int32_t kv_head, int32_t begin, int32_t slots,
                    const int32_t (&largest)[kHeads], SlotHeads<kHeads>& heads) {
    for (int32_t i = 0; i < kHeads; ++i) {
      if (slots % 2 != 0) heads.scores[kHeads * slots + i] = kHiddenScore;
      begin_run(largest[i], b.exponentials, heads.states[i], heads.totals + i, p.value_size, kHeads);
      heads.states[i].sum =
          make_slot_exponentials<kHeads>(heads.scores + i, (slots + 1) / 2, heads.states[i], b.exponentials);
    }
    Values::template add<kHeads>(p, b, SlotRange{begin, slots, kv_head}, heads);
  }
};

}  // namespace tmc::kernels::armv7em
