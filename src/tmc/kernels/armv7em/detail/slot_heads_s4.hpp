// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Attention to slots (detail/slot_heads.hpp) whose values have four bits.

#include "tmc/kernels/armv7em/detail/slot_heads.hpp"
#include "tmc/kernels/armv7em/detail/slot_values_s4.hpp"
#include "tmc/kernels/common/four_bit_values.hpp"

namespace tmc::kernels::armv7em {

// Values of SlotAttention.
struct FourBitValues {
  template <typename Params, typename Buffers>
  static void put(const Params& p, const Buffers& b, const int8_t* values, int32_t slot) {
    put_four_bit_values(p, values, slot, b.value_cache);
  }

  template <int kHeads, typename Params, typename Buffers>
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

}  // namespace tmc::kernels::armv7em
