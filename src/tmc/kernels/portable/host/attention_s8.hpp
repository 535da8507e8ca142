// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/attention_s8.hpp.

#include "tmc/kernels/portable/attention_s8.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// Exponentials and caps as the model has them, as tables.
template <typename AnyContract>
Blobs pack(Of<AttentionS8Of<AnyContract>>, const typename AnyContract::Params&, Constants constants) {
  return pack_tables(constants);
}

// What its work is linear in: queries of heads and outputs; scores of keys in the runs that a query looks at, of which
// those that it sees have products and may have a mask, and what values add.
template <typename AnyContract>
CostFeatures cost_features(Of<AttentionS8Of<AnyContract>>, const typename AnyContract::Params& p) {
  const double heads = 1.0 * p.batch * p.heads, rows = heads * p.queries;
  double seen = 0, keys = 0;
  for (int32_t i = 0; i < p.queries; ++i) {
    const KeyRange range = keys_of(p, i);
    if (range.end <= range.begin) continue;
    constexpr int32_t kRun = AnyContract::kRun;
    const int32_t end = (range.end + kRun - 1) / kRun * kRun;
    seen += heads * (range.end - range.begin);
    keys += heads * ((end < p.keys ? end : p.keys) - range.begin / kRun * kRun);
  }
  return {rows, rows * p.value_size, keys, seen, seen * p.size, p.has_mask != 0 ? seen : 0, keys * p.value_size};
}

}  // namespace tmc::kernels::portable
