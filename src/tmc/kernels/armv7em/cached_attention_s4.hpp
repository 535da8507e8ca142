// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keys come out of words by themselves (detail/slot_scores_s4.hpp), values as where keys are int8.

#include "tmc/kernels/armv7em/detail/slot_heads_s4.hpp"
#include "tmc/kernels/armv7em/detail/slot_scores_s4.hpp"

namespace tmc::kernels::armv7em {

struct CachedAttentionS4 : ImplementationOf<kernels::CachedAttentionS4> {
  static constexpr bool applies(const Params& p) {
    return is_cached_attention_s4(p) && has_head_sizes(p) && p.value_size % 4 == 0;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return slot_instructions(p, 56 + 3.0 * p.size + 5.0 * p.value_size, 36 + 2.0 * p.size + 4.0 * p.value_size);
  }

  static void run(Params p, Buffers b) { SlotAttention<Keys, FourBitValues, Params, Buffers>::run(p, b); }

 private:
  struct Keys {
    static void put(const Params& p, const Buffers& b, const int8_t* keys, int32_t slot) {
      put_four_bit_keys(p, keys, slot, b.key_cache);
    }

    template <int kHeads>
    static void widen(const Params& p, const int8_t* from, int32_t* lanes) {
      widen_queries_s4<kHeads>(from, p.size, p.query_zero_point, p.score_shift, lanes);
    }

    // A word has two groups of four.
    template <int kHeads, int kGroups>
    static void score(const Params& p, const Buffers& b, const SlotRange& slots, const SlotHeads<kHeads>& heads,
                      int32_t* scores, int32_t* largest) {
      const FourBitRows keys{b.key_cache + key_place(p, slots.begin, slots.kv_head),
                             key_place(p, 1, 0),
                             b.key_cache + key_grid_place(p, slots.begin, slots.kv_head),
                             p.kv_heads,
                             slots.count};
      make_four_bit_scores<kHeads, kGroups / 2>(keys, heads.query, heads.query + kHeads * 4 * key_words(p),
                                                p.score_multiplier, scores, largest);
    }
  };
};

}  // namespace tmc::kernels::armv7em
