// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What attention_s8.hpp has to do: counts of all heads.

#include "tmc/kernels/armv7em/detail/product_panels.hpp"
#include "tmc/kernels/common/attention_s8.hpp"

namespace tmc::kernels::armv7em {

struct AttentionWork {
  double outputs = 0;
  double runs = 0, keys = 0;  // that blocks look at
  double last_groups = 0;     // of their keys, and elements of their values that go one by one
  double single_elements = 0;
  double tile_runs = 0, tile_keys = 0;  // that tiles look at
  double hiding_keys = 0;               // those of runs of which a tile does not see all
};

// Of blocks of `block` queries, in tiles of `tile`.
template <typename Params>
constexpr AttentionWork attention_work(const Params& p, int32_t block, int32_t tile) {
  constexpr int32_t kRun = AttentionS8::kRun;
  AttentionWork work;
  for (int32_t first = 0; first < p.queries; first += tile) {
    const int32_t block_first = first / block * block;
    const int32_t block_last = block_first + block < p.queries ? block_first + block - 1 : p.queries - 1;
    const int32_t last = first + tile < p.queries ? first + tile - 1 : p.queries - 1;
    const int32_t end = keys_of(p, block_last).end;
    for (int32_t key = keys_of(p, block_first).begin / kRun * kRun; key < end; key += kRun) {
      const int32_t keys = p.keys - key < kRun ? p.keys - key : kRun;
      work.tile_runs += 1;
      work.tile_keys += keys;
      const bool hides = p.has_mask != 0 || keys_of(p, last).begin > key || keys_of(p, first).end < key + keys;
      if (hides) work.hiding_keys += keys;
      if (first != block_first) continue;
      work.runs += 1;
      work.keys += keys;
      work.last_groups += last_groups(keys, p.size);
      work.single_elements += single_elements(p.value_size, keys);
    }
  }
  const double heads = 1.0 * p.batch * p.heads;
  work.outputs = heads * p.queries * p.value_size;
  work.runs *= heads;
  work.keys *= heads;
  work.last_groups *= heads;
  work.single_elements *= heads;
  work.tile_runs *= heads;
  work.tile_keys *= heads;
  work.hiding_keys *= heads;
  return work;
}

}  // namespace tmc::kernels::armv7em
