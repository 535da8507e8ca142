// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values of four bits in their slots (contract/cached_attention_s8_s4.hpp), taken apart one by one.

#include "tmc/kernels/common/four_bit_values.hpp"
#include "tmc/kernels/portable/detail/slot_rows.hpp"

namespace tmc::kernels::portable {

template <typename Params, typename Buffers>
int32_t four_bit_value_of(const Params& p, const Buffers& b, int32_t slot, int32_t kv_head, int32_t d) {
  const uint8_t byte = b.value_cache[value_place(p, slot / 2, kv_head) + d / 4 * 4 + slot % 2 * 2 + d % 4 / 2];
  return (d % 2 == 0 ? byte & 15 : byte >> 4) - 8;
}

template <typename Params, typename Buffers>
void add_four_bit_values(const Params& p, const Buffers& b, const SlotsOfRow& of, int32_t* scores,
                       AttentionState& state, int32_t* totals) {
  for (int32_t j = 0; j < of.count; ++j) {
    const int32_t exponential = exponential_of(state, scores[j], b.exponentials), slot = of.begin + j;
    state.sum += exponential;
    const uint8_t multipliers = b.value_cache[multiplier_place(p, slot / 2, of.kv_head)];
    scores[j] = multiplied_exponential(exponential, multiplier_of(multipliers, slot));
  }
  for (int32_t d = 0; d < p.value_size; ++d) {
    int32_t sum = 0;
    for (int32_t j = 0; j < of.count; ++j) sum += scores[j] * four_bit_value_of(p, b, of.begin + j, of.kv_head, d);
    totals[d] += shifted_total(p, sum);
  }
}

}  // namespace tmc::kernels::portable
