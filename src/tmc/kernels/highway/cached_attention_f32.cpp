// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/cached_attention_f32.hpp"

#include "tmc/kernels/common/cached_attention.hpp"
#include "tmc/kernels/highway/detail/float_rows.hpp"

namespace tmc::kernels::highway {

bool CachedAttentionF32::applies(const Params& p) {
  return has_extents_of_cached_attention(p) && p.size <= SlotAttention::kMostSize &&
         p.heads <= p.kv_heads * SlotAttention::kMostGroup;
}

void CachedAttentionF32::run(Params p, Buffers b) {
  for_each_token(p, b, [&](int32_t token, int32_t seen) {
    attend_to_slots({.query = b.query + token * p.heads * p.size,
                     .keys = b.key_cache,
                     .values = b.value_cache,
                     .heads = p.heads,
                     .kv_heads = p.kv_heads,
                     .size = p.size,
                     .value_size = p.value_size,
                     .seen = seen,
                     .sinks = p.sinks,
                     .sink_query = p.sink_query,
                     .scale = p.scale,
                     .output = b.output + token * p.heads * p.value_size});
  });
}

}  // namespace tmc::kernels::highway
