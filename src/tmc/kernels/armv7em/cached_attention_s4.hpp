// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keys come out of words by themselves (detail/slot_scores_s4.hpp), values as where keys are int8. What their mean
// gives is a score as of keys of int8, which are rows of turns, and lies there before that of the keys is added.

#include "tmc/kernels/armv7em/detail/slot_heads_s4.hpp"
#include "tmc/kernels/armv7em/detail/slot_scores_s4.hpp"

namespace tmc::kernels::armv7em {

struct CachedAttentionS4 : ImplementationOf<kernels::CachedAttentionS4> {
  static constexpr bool applies(const Params& p) {
    return is_cached_attention_s4(p) && has_head_sizes(p) && p.value_size % 4 == 0 &&
           p.mean_shift <= kMostSlotScoreShift;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    const double of_mean = has_turns(p) ? 1 : 0;
    return slot_instructions(p, 66 + 4.0 * p.size + 5.0 * p.value_size + of_mean * (16 + 4.25 * p.size),
                             36 + 3.0 * p.size + 4.0 * p.value_size + of_mean * (10 + 3.25 * p.size));
  }

  static void run(Params p, Buffers b) { SlotAttention<Keys, FourBitValues, Params, Buffers>::run(p, b); }

 private:
  struct Keys {
    static void put(const Params& p, const Buffers& b, const int8_t* keys, int32_t slot) {
      put_four_bit_keys(p, keys, slot, b.key_cache);
    }

    template <int kHeads>
    struct Heads : SlotHeads<kHeads> {
      int32_t mean[kMostHeadSize / 2];  // lanes
    };
    struct Seen {
      int32_t count;
      SlotDistances distances;
    };

    static Seen see(const StreamSlot& place) { return {place.seen(), SlotDistances(place)}; }
    static int32_t count(const Seen& seen) { return seen.count; }

    template <int kHeads>
    static void widen(const Params& p, const Buffers& b, int32_t at, int32_t place, Heads<kHeads>& heads) {
      widen_queries_s4<kHeads>(b.query + place, p.size, p.query_zero_point, p.score_shift, heads.query);
      if (has_turns(p)) widen_queries<kHeads>(b.mean_query + at * p.size, p.size, 0, p.mean_shift, heads.mean);
    }

    // A word has two groups of four.
    template <int kHeads, int kGroups>
    static void score(const Params& p, const Buffers& b, const SlotRange& slots, const Seen& seen,
                      const Heads<kHeads>& heads, int32_t* scores, int32_t* largest) {
      const FourBitRows keys{b.key_cache + key_place(p, slots.begin, slots.kv_head), key_place(p, 1, 0),
                             b.key_cache + key_grid_place(p, slots.begin, slots.kv_head), p.kv_heads, slots.count};
      const int32_t* const end = heads.query + kHeads * 4 * key_words(p);
      if (!has_turns(p)) {
        return make_four_bit_scores<kHeads, kGroups / 2, false>(keys, heads.query, end, p.score_multiplier, scores,
                                                                largest);
      }
      score_mean<kHeads, kGroups>(p, b, slots, seen.distances, heads, scores);
      make_four_bit_scores<kHeads, kGroups / 2, true>(keys, heads.query, end, p.score_multiplier, scores, largest);
    }

    template <int kHeads, int kGroups>
    static void score_mean(const Params& p, const Buffers& b, const SlotRange& slots, const SlotDistances& distances,
                           const Heads<kHeads>& heads, int32_t* scores) {
      int32_t largest[kHeads] = {};
      for (int32_t at = slots.begin, end = slots.begin + slots.count; at < end; at = distances.end_of_part(at, end)) {
        const SlotRows turns{b.turns + distances.of(at) * p.size, -p.size, distances.end_of_part(at, end) - at};
        make_slot_scores<kHeads, kGroups>(turns, heads.mean, heads.mean + kHeads * p.size / 2, p.mean_multiplier,
                                          scores + kHeads * (at - slots.begin), largest);
      }
    }
  };
};

}  // namespace tmc::kernels::armv7em
