// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference. Keys are taken apart one by one, as values are.

#include "tmc/kernels/common/four_bit_keys.hpp"
#include "tmc/kernels/portable/detail/slot_values_s4.hpp"

namespace tmc::kernels::portable {

struct CachedAttentionS4 : ImplementationOf<kernels::CachedAttentionS4> {
  static constexpr bool applies(const Params& p) { return is_cached_attention_s4(p); }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.tokens * p.heads * p.slots * (60 + 12.0 * (p.size + p.value_size));
  }

  static void run(Params p, Buffers b) {
    const auto put_keys = [&](const int8_t* keys, int32_t slot) { put_four_bit_keys(p, keys, slot, b.key_cache); };
    const auto put_values = [&](const int8_t* values, int32_t slot) {
      put_four_bit_values(p, values, slot, b.value_cache);
    };
    for_each_token(p, b, put_keys, put_values, [&](int32_t token, const StreamSlot& place) {
      const SlotDistances distances(place);
      const auto score_with = [&](int32_t at, int32_t slot, int32_t kv_head) {
        const int32_t score = score_of(p, product_of(p, b, at, slot, kv_head));
        return has_turns(p) ? score + score_of_mean(p, b, at, distances.of(slot)) : score;
      };
      attend_to_slots<Contract>(p, b, token, place.seen(), score_with,
                                [&](const SlotsOfRow& of, int32_t* scores, AttentionState& state, int32_t* totals) {
                                  add_four_bit_values(p, b, of, scores, state, totals);
                                });
    });
  }

 private:
  static int32_t product_of(const Params& p, const Buffers& b, int32_t at, int32_t slot, int32_t kv_head) {
    const int8_t* query = b.query + query_place(p, at, slot);
    const uint8_t* key = b.key_cache + key_place(p, slot, kv_head);
    const KeyGrid grid = KeyGrid::of(b.key_cache[key_grid_place(p, slot, kv_head)]);
    int32_t sum = 0;
    for (int32_t d = 0; d < p.size; ++d) {
      const int32_t held = d % 2 == 0 ? key[d / 2] & 15 : key[d / 2] >> 4;
      sum += (query[d] - p.query_zero_point) * (held - grid.zero);
    }
    return sum * grid.multiplier;
  }

  static int32_t score_of_mean(const Params& p, const Buffers& b, int32_t at, int32_t distance) {
    const int8_t *query = b.mean_query + at * p.size, *turn = b.turns + distance * p.size;
    int32_t product = 0;
    for (int32_t d = 0; d < p.size; ++d) product += query[d] * turn[d];
    return scaled_score(product, p.mean_shift, p.mean_multiplier);
  }
};

}  // namespace tmc::kernels::portable
