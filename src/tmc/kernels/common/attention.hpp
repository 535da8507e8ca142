// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of attention share: which keys a query sees, and where its rows lie (contract/attention.hpp).

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Keys [begin, end) of a query, as the limits of all queries say.
struct KeyRange {
  int32_t begin, end;
};
template <typename Params>
constexpr KeyRange keys_of(const Params& p, int32_t query) {
  const int64_t begin = int64_t{query} + p.lowest;
  const int64_t end = int64_t{query} + p.highest + 1;
  const auto limited = [&](int64_t at) { return static_cast<int32_t>(at < 0 ? 0 : at > p.keys ? p.keys : at); };
  return {limited(begin), limited(end)};
}

// The heads' place in the rows.
template <typename Params>
constexpr int32_t kv_head_of(const Params& p, int32_t head) {
  return head / (p.heads / p.kv_heads);
}

// Where the mask of a query's first key lies.
template <typename Params>
constexpr int32_t mask_row(const Params& p, int32_t item, int32_t head, int32_t query) {
  return item * p.mask_strides[0] + head * p.mask_strides[1] + query * p.mask_strides[2];
}

// Elements of a mask from the first to the last that its strides reach; extents of batch, heads, queries and keys.
constexpr int64_t reach_of_mask(const int32_t (&extents)[4], const int32_t (&strides)[4]) {
  constexpr int64_t kMost = int64_t{1} << 60;
  int64_t reach = 1;
  for (int32_t axis = 0; axis < 4; ++axis) {
    const int64_t further = (int64_t{extents[axis]} - 1) * strides[axis];
    reach += further < kMost ? further : kMost;
  }
  return reach;
}

// Whether the numbers of elements are those of the extents, and the mask is as large as its strides reach.
template <typename Params>
constexpr bool has_extents_of_attention(const Params& p) {
  if (p.kv_heads < 1 || p.heads % p.kv_heads != 0) return false;
  for (const int32_t stride : p.mask_strides) {
    if (stride < 0) return false;
  }
  return p.query_elements == product_of(p.batch, p.queries, p.heads, p.size) &&
         p.key_elements == product_of(p.batch, p.keys, p.kv_heads, p.size) &&
         p.value_elements == product_of(p.batch, p.keys, p.kv_heads, p.value_size) &&
         p.output_elements == product_of(p.batch, p.queries, p.heads, p.value_size) &&
         reach_of_mask({p.batch, p.heads, p.queries, p.keys}, p.mask_strides) <=
             (p.has_mask == 0 ? INT32_MAX : p.mask_elements);
}

// Of an implementation that reads the queries of a head before it writes what it gives, one query and head after the
// other: the output may begin where the queries begin, or where it is larger end where they end.
template <typename Params>
constexpr Overlap overlap_with_queries(const Params& p, int32_t buffer, int32_t element_bytes) {
  constexpr int32_t kQuery = 0, kMask = 3;
  if (buffer != kQuery && (buffer != kMask || p.has_mask != 0)) return kNoOverlap;
  const int64_t longer = int64_t{p.output_elements} - p.query_elements;
  return {Overlap::Kind::kForward, longer > 0 ? static_cast<int32_t>(-longer * element_bytes) : 0};
}

}  // namespace tmc::kernels
