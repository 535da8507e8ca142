// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/attention_s8.hpp.

#include "tmc/kernels/armv7em/attention_s8.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// Exponentials and caps as the model has them, as tables.
template <typename AnyContract>
Blobs pack(Of<AttentionS8Of<AnyContract>>, const typename AnyContract::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

// What its work is linear in: queries of heads and outputs; runs that blocks of queries look at, lanes of their keys
// and values, and what of them goes by itself; runs and keys that tiles look at, their lanes, and those where some are
// hidden.
template <typename AnyContract>
CostFeatures cost_features(Of<AttentionS8Of<AnyContract>>, const typename AnyContract::Params& p) {
  const AttentionWork work = attention_work(p, AttentionS8::kBlock, kProductRows);
  const double words = product_words(p.size);
  return {work.outputs / p.value_size,
          work.outputs,
          work.runs,
          work.keys * words,
          work.keys * p.value_size,
          work.last_groups,
          work.single_elements,
          work.tile_runs,
          work.tile_keys,
          work.tile_keys * words,
          work.tile_keys * p.value_size,
          work.hiding_keys};
}

}  // namespace tmc::kernels::armv7em
