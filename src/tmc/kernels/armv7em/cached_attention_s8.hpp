// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values lie in their slots as they come (detail/slot_heads.hpp).

#include "tmc/kernels/armv7em/detail/slot_heads.hpp"
#include "tmc/kernels/contract/cached_attention.hpp"

namespace tmc::kernels::armv7em {

struct CachedAttentionS8 : ImplementationOf<kernels::CachedAttentionS8> {
  static constexpr bool applies(const Params& p) {
    return has_extents_of_cached_attention(p) && has_numbers_of_attention_s8(p, p.slots) && has_head_sizes(p) &&
           p.value_size % 2 == 0;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return slot_instructions(p, 38 + 4.25 * p.size + 6.0 * p.value_size, 24 + 3.25 * p.size + 4.5 * p.value_size);
  }

  static void run(Params p, Buffers b) { SlotAttention<WholeKeys, Values, Params, Buffers>::run(p, b); }

 private:
  struct Values {
    static void put(const Params& p, const Buffers& b, const int8_t* values, int32_t slot) {
      put_as_they_are(b.value_cache, values, p.kv_heads * p.value_size, slot);
    }

    template <int kHeads>
    static void add(const Params& p, const Buffers& b, const SlotRange& slots, SlotHeads<kHeads>& heads) {
      const int32_t width = p.kv_heads * p.value_size;
      const int8_t* first = b.value_cache + slots.begin * width + slots.kv_head * p.value_size;
      add_slot_values<kHeads>({first, width, slots.count}, p.value_size, heads.scores, p.total_shift, heads.totals);
    }
  };
};

}  // namespace tmc::kernels::armv7em
