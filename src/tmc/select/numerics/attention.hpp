// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Extents, visible keys and masks of attention, as its kernels have them.

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/ops/op/attention.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

inline constexpr size_t kAttentionQuery = 0, kAttentionKey = 1, kAttentionValue = 2, kAttentionMask = 3;

// What a query less its index sees of the keys: [lowest, highest].
struct VisibleKeys {
  int32_t lowest, highest;
};
VisibleKeys visible_keys(const ops::Attention& op, int64_t queries, int64_t keys);

// The factor of the products of queries and keys.
double attention_scale(const ops::Attention& op, const Shape& query);

// The strides of a mask along batch, heads, queries and keys, 0 where it is broadcast.
std::array<int32_t, 4> mask_strides(const Shape& mask);

// The operands; where there is no mask the query stands for it.
std::vector<Ref> attention_inputs(const Lowering& lowering);

// All that implementations of all types have among their Params.
template <typename Params>
void set_attention_extents(const Lowering& lowering, Params& p) {
  const auto& op = lowering.node().op.get<ops::Attention>();
  const Shape& query = lowering.input(kAttentionQuery).type.shape;
  const Shape& value = lowering.input(kAttentionValue).type.shape;
  const bool has_mask = lowering.has_input(kAttentionMask);
  const ir::Value& mask = lowering.input(has_mask ? kAttentionMask : kAttentionQuery);
  p.query_elements = elements_of(lowering.input(kAttentionQuery));
  p.key_elements = elements_of(lowering.input(kAttentionKey));
  p.value_elements = elements_of(lowering.input(kAttentionValue));
  p.mask_elements = elements_of(mask);
  p.output_elements = elements_of(lowering.output());
  p.batch = static_cast<int32_t>(query[0]);
  p.heads = op.heads;
  p.kv_heads = op.kv_heads;
  p.queries = static_cast<int32_t>(query[1]);
  p.keys = static_cast<int32_t>(value[1]);
  p.size = static_cast<int32_t>(query[2] / op.heads);
  p.value_size = static_cast<int32_t>(value[2] / op.kv_heads);
  const VisibleKeys visible = visible_keys(op, query[1], value[1]);
  p.lowest = visible.lowest;
  p.highest = visible.highest;
  p.has_mask = has_mask ? 1 : 0;
  p.mask_dtype = static_cast<int32_t>(mask.type.dtype);
  if (has_mask) std::ranges::copy(mask_strides(mask.type.shape), p.mask_strides);
}

}  // namespace tmc::select
