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

// What its work is linear in: outputs; runs that blocks of queries look at, and lanes of their keys and values; keys
// that tiles look at, their lanes, and those where some are hidden.
inline CostFeatures cost_features(Of<AttentionS8>, const AttentionS8::Params& p) {
  const AttentionWork work = attention_work(p, AttentionS8::kBlock, kProductRows);
  const double words = product_words(p.size);
  return {work.outputs,
          work.runs,
          work.keys * words,
          work.keys * p.value_size,
          work.tile_keys,
          work.tile_keys * words,
          work.tile_keys * p.value_size,
          work.hiding_keys};
}

}  // namespace tmc::kernels::armv7em
