// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/cached_attention_s8.hpp"

#include "tmc/kernels/common/attention_s8.hpp"
#include "tmc/kernels/common/cached_attention.hpp"
#include "tmc/kernels/highway/detail/slot_attention_s8.hpp"

namespace tmc::kernels::highway {

bool CachedAttentionS8::applies(const Params& p) {
  return has_extents_of_cached_attention(p) && has_numbers_of_attention_s8(p, p.slots) &&
         p.value_size <= Contract::kMostValueSize && p.size <= SlotAttentionS8::kMostSize &&
         p.heads <= p.kv_heads * SlotAttentionS8::kMostGroup;
}

void CachedAttentionS8::run(Params p, Buffers b) {
  for_each_token(p, b, [&](int32_t token, int32_t seen) { attend_to_slots_s8(p, b, token, seen); });
}

}  // namespace tmc::kernels::highway
