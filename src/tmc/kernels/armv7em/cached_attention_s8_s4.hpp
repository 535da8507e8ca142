// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Multipliers go into the exponentials of their slots, and values of two slots come out of one word
// (detail/slot_values_s4.hpp).

#include "tmc/kernels/armv7em/detail/slot_heads_s4.hpp"

namespace tmc::kernels::armv7em {

struct CachedAttentionS8S4 : ImplementationOf<kernels::CachedAttentionS8S4> {
  static constexpr bool applies(const Params& p) {
    return is_cached_attention_s8_s4(p) && has_head_sizes(p) && p.value_size % 4 == 0;
  }
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return slot_instructions(p, 47 + 4.25 * p.size + 5.0 * p.value_size, 29 + 3.25 * p.size + 4.0 * p.value_size);
  }

  static void run(Params p, Buffers b) { SlotAttention<WholeKeys, FourBitValues, Params, Buffers>::run(p, b); }
};

}  // namespace tmc::kernels::armv7em
