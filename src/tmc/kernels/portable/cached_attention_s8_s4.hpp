// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference.

#include "tmc/kernels/portable/detail/slot_values_s4.hpp"

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
                                  add_four_bit_values(p, b, of, scores, state, totals);
                                });
    });
  }
};

}  // namespace tmc::kernels::portable
