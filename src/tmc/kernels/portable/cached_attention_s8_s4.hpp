// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference. Values are taken apart one by one.

#include "tmc/kernels/common/four_bit_values.hpp"
#include "tmc/kernels/portable/detail/slot_rows.hpp"

namespace tmc::kernels::portable {

struct CachedAttentionS8S4 : ImplementationOf<kernels::CachedAttentionS8S4> {
  static constexpr bool applies(const Params& p) { return is_cached_attention_s8_s4(p); }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.tokens * p.heads * p.slots * (50 + 9.0 * p.size + 12.0 * p.value_size);
  }

  static void run(Params p, Buffers b) {
    const auto put = [&](const int8_t* values, int32_t slot) { put_four_bit_values(p, values, slot, b.value_cache); };
    for_each_token(p, b, put, [&](int32_t token, int32_t seen) {
      attend_to_slots<Contract>(p, b, token, seen,
                                [&](const SlotsOfRow& of, int32_t* scores, AttentionState& state, int32_t* totals) {
                                  add_values(p, b, of, scores, state, totals);
                                });
    });
  }

 private:
  static void add_values(const Params& p, const Buffers& b, const SlotsOfRow& of, int32_t* scores,
                         AttentionState& state, int32_t* totals) {
    for (int32_t j = 0; j < of.count; ++j) {
      const int32_t exponential = exponential_of(state, scores[j], b.exponentials), slot = of.begin + j;
      state.sum += exponential;
      const uint8_t multipliers = b.value_cache[multiplier_place(p, slot / 2, of.kv_head)];
      scores[j] = multiplied_exponential(exponential, multiplier_of(multipliers, slot));
    }
    for (int32_t d = 0; d < p.value_size; ++d) {
      int32_t sum = 0;
      for (int32_t j = 0; j < of.count; ++j) sum += scores[j] * value_of(p, b, of.begin + j, of.kv_head, d);
      totals[d] += shifted_total(p, sum);
    }
  }

  static int32_t value_of(const Params& p, const Buffers& b, int32_t slot, int32_t kv_head, int32_t d) {
    const uint8_t byte = b.value_cache[value_place(p, slot / 2, kv_head) + d / 4 * 4 + slot % 2 * 2 + d % 4 / 2];
    return (d % 2 == 0 ? byte & 15 : byte >> 4) - 8;
  }
};

}  // namespace tmc::kernels::portable
