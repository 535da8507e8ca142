// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Multipliers go into the exponentials of their slots, and values of two slots come out of one word
// (detail/slot_values_s4.hpp).

#include "tmc/kernels/armv7em/detail/slot_heads.hpp"
#include "tmc/kernels/armv7em/detail/slot_values_s4.hpp"
#include "tmc/kernels/common/four_bit_values.hpp"

namespace tmc::kernels::armv7em {

struct CachedAttentionS8S4 : ImplementationOf<kernels::CachedAttentionS8S4> {
  static constexpr bool applies(const Params& p) {
    return is_cached_attention_s8_s4(p) && has_head_sizes(p) && p.value_size % 4 == 0;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return slot_instructions(p, 47 + 4.25 * p.size + 5.0 * p.value_size, 29 + 3.25 * p.size + 4.0 * p.value_size);
  }

  static void run(Params p, Buffers b) { SlotAttention<Values, Params, Buffers>::run(p, b); }

 private:
  struct Values {
    static void put(const Params& p, const Buffers& b, const int8_t* values, int32_t slot) {
      put_four_bit_values(p, values, slot, b.value_cache);
    }

    template <int kHeads>
    static void add(const Params& p, const Buffers& b, const SlotRange& slots, SlotHeads<kHeads>& heads) {
      const int32_t pair = slots.begin / 2, pairs = (slots.count + 1) / 2;
      FourBitSums<kHeads> sums{b.value_cache + value_place(p, pair, slots.kv_head),
                               4 * p.kv_heads * value_words(p),
                               heads.scores,
                               heads.totals,
                               heads.totals + kHeads * p.value_size,
                               pairs,
                               {}};
      multiply_exponentials(b.value_cache + multiplier_place(p, pair, slots.kv_head), p.kv_heads, heads.scores, sums);
      add_four_bit_values(sums, p.total_shift);
    }
  };
};

}  // namespace tmc::kernels::armv7em
