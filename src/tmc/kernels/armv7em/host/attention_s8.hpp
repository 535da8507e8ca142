// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/attention_s8.hpp.

#include "tmc/kernels/armv7em/attention_s8.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// The exponentials as the model has them, as a table.
inline Blobs pack(Of<AttentionS8>, const AttentionS8::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

// What its work is linear in: blocks of queries and their outputs; keys that blocks look at, and their lanes; the same
// of tiles, and of those of which some are hidden.
inline CostFeatures cost_features(Of<AttentionS8>, const AttentionS8::Params& p) {
  using Body = AttentionS8;
  double blocks = 0, keys = 0, tiles = 0, tile_keys = 0, masked = 0;
  for (int32_t first = 0; first < p.queries; first += kProductRows) {
    const int32_t last = first + kProductRows < p.queries ? first + kProductRows - 1 : p.queries - 1;
    const int32_t block = first / Body::kBlock * Body::kBlock;
    const int32_t block_last = block + Body::kBlock < p.queries ? block + Body::kBlock - 1 : p.queries - 1;
    constexpr int32_t kRun = kernels::AttentionS8::kRun;
    const int32_t begin = keys_of(p, block).begin / kRun * kRun;
    const int32_t seen_end = keys_of(p, block_last).end;
    const int32_t end = seen_end <= begin ? begin : (seen_end + kRun - 1) / kRun * kRun;
    const double looked_at = (end < p.keys ? end : p.keys) - begin;
    tiles += 1;
    tile_keys += looked_at;
    if (p.has_mask != 0 || keys_of(p, last).begin > begin || keys_of(p, first).end < seen_end) masked += looked_at;
    if (block != first) continue;
    blocks += 1;
    keys += looked_at;
  }
  const double heads = 1.0 * p.batch * p.heads;
  const double words = product_words(p.size);
  return {heads * blocks,       heads * p.queries * p.value_size, heads * keys,
          heads * keys * words, heads * keys * p.value_size,      heads * tiles,
          heads * tile_keys,    heads * tile_keys * words,        heads * tile_keys * p.value_size,
          heads * masked};
}

}  // namespace tmc::kernels::armv7em
