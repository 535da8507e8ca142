// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one query and head after the other, a run of its scores and its totals in scratch.

#include "tmc/kernels/common/softcap_s8.hpp"

namespace tmc::kernels::portable {

template <typename AnyContract>
struct AttentionS8Of : ImplementationOf<AnyContract> {
  using Contract = AnyContract;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params& p) { return is_attention_s8(p) && has_numbers_of_softcap(p); }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return (int64_t{Contract::kRun} + p.value_size) * int64_t{sizeof(int32_t)};
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return overlap_with_queries(p, buffer, 1); }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.heads * p.queries * p.keys * (40 + 9.0 * (p.size + p.value_size));
  }

  static void run(Params p, Buffers b) {
    for (int32_t item = 0; item < p.batch; ++item) {
      for (int32_t i = 0; i < p.queries; ++i) {
        for (int32_t head = 0; head < p.heads; ++head) run_row(p, b, item, i, head);
      }
    }
  }

 private:
  static void run_row(const Params& p, const Buffers& b, int32_t item, int32_t i, int32_t head) {
    auto* scores = static_cast<int32_t*>(b.scratch);
    int32_t* totals = scores + Contract::kRun;
    for (int32_t d = 0; d < p.value_size; ++d) totals[d] = 0;
    AttentionState state{};
    const KeyRange seen = keys_of(p, i);
    for (int32_t first = seen.begin / Contract::kRun * Contract::kRun; first < seen.end; first += Contract::kRun) {
      const int32_t end = first + Contract::kRun < p.keys ? first + Contract::kRun : p.keys;
      int32_t largest = kHiddenScore;
      for (int32_t j = first; j < end; ++j) {
        const int32_t score = is_within(seen, j)
                                  ? masked_score(p, b.mask, mask_row(p, item, head, i), j,
                                                 limited_score(b, score_of(p, product_of(p, b, item, i, head, j))))
                                  : kHiddenScore;
        scores[j - first] = score;
        largest = score > largest ? score : largest;
      }
      begin_run(largest, b.exponentials, state, totals, p.value_size, 1);
      const int32_t width = p.kv_heads * p.value_size;
      const int8_t* values = b.value + (item * p.keys + first) * width + kv_head_of(p, head) * p.value_size;
      add_run(p, end - first, b.exponentials, values, width, scores, state, totals);
    }
    finish_row(p, state, totals, 1, b.output + ((item * p.queries + i) * p.heads + head) * p.value_size);
  }

  static int32_t product_of(const Params& p, const Buffers& b, int32_t item, int32_t i, int32_t head, int32_t j) {
    const int8_t* query = b.query + ((item * p.queries + i) * p.heads + head) * p.size;
    const int8_t* key = b.key + ((item * p.keys + j) * p.kv_heads + kv_head_of(p, head)) * p.size;
    return query_product(p, query, key, key_zero_point_of(p));
  }
};

struct AttentionS8 : AttentionS8Of<kernels::AttentionS8> {};
struct AttentionS8Softcap : AttentionS8Of<kernels::AttentionS8Softcap> {};

}  // namespace tmc::kernels::portable
