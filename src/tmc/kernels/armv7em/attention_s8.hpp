// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Blocks of six queries: for each head a run of keys, then of values, is widened into scratch (detail/
// product_panels.hpp) and serves two tiles of three queries (detail/attention_tile.hpp). Runs that no query of the
// block sees are left out.

#include "tmc/kernels/armv7em/detail/attention_tile.hpp"
#include "tmc/kernels/armv7em/detail/attention_work.hpp"
#include "tmc/kernels/armv7em/detail/reciprocal.hpp"

namespace tmc::kernels::armv7em {

template <typename AnyContract>
struct AttentionS8Of : ImplementationOf<AnyContract> {
  using Contract = AnyContract;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr int32_t kTiles = 2;
  static constexpr int32_t kBlock = kTiles * kProductRows;

  static constexpr bool applies(const Params& p) { return is_attention_s8(p) && has_numbers_of_softcap(p); }
  static constexpr int64_t scratch_bytes(const Params& p) {
    const int64_t words = int64_t{panel_words(p)} + kTiles * tile_words(p) + (p.total_shift > 0 ? totals_words(p) : 0);
    return words * int64_t{sizeof(int32_t)};
  }
  // A head of a block is read before it is written.
  static constexpr Overlap overlap(const Params& p, int buffer) {
    const Overlap forward = overlap_with_queries(p, buffer, 1);
    if (forward.kind == Overlap::Kind::kNever || p.size != p.value_size) return kNoOverlap;
    return {Overlap::Kind::kSameBegin, 0};
  }
  static constexpr double instructions(const Params& p) {
    const AttentionWork work = attention_work(p, kBlock, kProductRows);
    const double words = product_words(p.size);
    return 41 * work.outputs + 1200 * work.runs + (1.25 * words + 2.3 * p.value_size) * work.keys +
           (47 + 4.1 * words + 2.2 * p.value_size) * work.tile_keys + 40 * work.hiding_keys;
  }

  static void run(Params p, Buffers b) {
    for (int32_t item = 0; item < p.batch; ++item) {
      for (int32_t first = 0; first < p.queries; first += kBlock) {
        for (int32_t head = 0; head < p.heads; ++head) run_block(p, b, item, first, head);
      }
    }
  }

 private:
  static constexpr int32_t kRun = Contract::kRun;

  static constexpr int32_t totals_words(const Params& p) {
    return kProductRows * kProductColumns * product_pairs(p.value_size);
  }
  static constexpr int32_t query_words(const Params& p) { return kProductRows * product_words(p.size); }
  static constexpr int32_t tile_words(const Params& p) {
    return query_words(p) + kProductRows * kRun + totals_words(p);
  }
  static constexpr int32_t panel_words(const Params& p) {
    const int32_t of_keys = kRun * product_words(p.size);
    const int32_t of_values = kProductColumns * product_pairs(p.value_size) * product_words(kRun);
    return of_keys > of_values ? of_keys : of_values;
  }

  [[gnu::noinline]] static void run_block(const Params& p, const Buffers& b, int32_t item, int32_t first,
                                          int32_t head) {
    auto* panel = static_cast<int32_t*>(b.scratch);
    AttentionTile tiles[kTiles];
    int32_t count = 0;
    for (; count < kTiles && first + kProductRows * count < p.queries; ++count) {
      begin_tile(p, b, item, first + kProductRows * count, head, panel + panel_words(p) + count * tile_words(p),
                 tiles[count]);
    }
    const int32_t last = first + kBlock < p.queries ? first + kBlock - 1 : p.queries - 1;
    const int32_t end = keys_of(p, last).end;
    for (int32_t key = keys_of(p, first).begin / kRun * kRun; key < end; key += kRun) {
      const int32_t keys = p.keys - key < kRun ? p.keys - key : kRun;
      run_keys(p, b, item, head, key, keys, panel, tiles, count);
    }
    for (int32_t i = 0; i < count; ++i) {
      for (int32_t row = 0; row < tiles[i].rows; ++row) {
        const int32_t query = item * p.queries + tiles[i].first + row;
        finish_row<quick_reciprocal_of>(p, tiles[i].states[row], tiles[i].totals + row, kProductRows,
                                        b.output + (query * p.heads + head) * p.value_size);
      }
    }
  }

  static void begin_tile(const Params& p, const Buffers& b, int32_t item, int32_t first, int32_t head, int32_t* scratch,
                         AttentionTile& tile) {
    const int32_t left = p.queries - first;
    tile.query = scratch;
    tile.scores = scratch + query_words(p);
    tile.totals = tile.scores + kProductRows * kRun;
    tile.first = first;
    tile.rows = left < kProductRows ? left : kProductRows;
    for (AttentionState& state : tile.states) state = {};
    clear_words(tile.totals, totals_words(p));
    pack_product_rows(b.query + ((item * p.queries + first) * p.heads + head) * p.size, p.heads * p.size, left, p.size,
                      p.query_zero_point, tile.query);
  }

  static void run_keys(const Params& p, const Buffers& b, int32_t item, int32_t head, int32_t first, int32_t keys,
                       int32_t* panel, AttentionTile* tiles, int32_t count) {
    const int32_t kv_head = kv_head_of(p, head);
    const int32_t key_width = p.kv_heads * p.size, value_width = p.kv_heads * p.value_size;
    const int32_t row = item * p.keys + first;
    const int32_t* end = pack_product_columns(b.key + row * key_width + kv_head * p.size, key_width, keys, p.size,
                                              key_zero_point_of(p), panel);
    for (int32_t i = 0; i < count; ++i) {
      clear_words(tiles[i].scores, kProductRows * kRun);
      const ProductSums products{tiles[i].scores, panel, end, tiles[i].query, product_words(p.size)};
      add_products(&products);
      weigh(p, b, item, head, first, keys, tiles[i]);
    }
    end = pack_product_columns_across(b.value + row * value_width + kv_head * p.value_size, value_width, p.value_size,
                                      keys, 0, panel);
    for (int32_t i = 0; i < count; ++i) {
      add_values(p, b, {tiles[i].totals, panel, end, tiles[i].scores, product_words(keys)});
    }
  }

  // Products to exponentials.
  static void weigh(const Params& p, const Buffers& b, int32_t item, int32_t head, int32_t first, int32_t keys,
                    AttentionTile& tile) {
    int32_t largest[kProductRows];
    const KeyRange of_first = keys_of(p, tile.first), of_last = keys_of(p, tile.first + tile.rows - 1);
    if (p.has_mask != 0 || of_last.begin > first || of_first.end < first + keys) {
      int32_t mask_rows[kProductRows];
      for (int32_t row = 0; row < kProductRows; ++row) {
        mask_rows[row] = mask_row(p, item, head, tile.first + (row < tile.rows ? row : 0));
      }
      hide_scores(p, b, tile, mask_rows, first, keys, largest);
    } else if (p.score_shift == 0) {
      scale_scores<false>(b, tile.scores, keys, p.score_multiplier, 0, largest);
    } else {
      scale_scores<true>(b, tile.scores, keys, p.score_multiplier, p.score_shift, largest);
    }
    const int32_t whole = (keys + 3) / 4 * 4;
    for (int32_t at = kProductRows * keys; at < kProductRows * whole; ++at) tile.scores[at] = kHiddenScore;
    for (int32_t row = 0; row < kProductRows; ++row) {
      begin_run(largest[row], b.exponentials, tile.states[row], tile.totals + row, p.value_size, kProductRows);
    }
    make_exponentials(tile, whole, b.exponentials);
  }

  static void add_values(const Params& p, const Buffers& b, const ProductSums& products) {
    if (p.total_shift == 0) return add_products(&products);
    int32_t* const sums = static_cast<int32_t*>(b.scratch) + panel_words(p) + kTiles * tile_words(p);
    clear_words(sums, totals_words(p));
    const ProductSums of_run{sums, products.columns, products.columns_end, products.rows, products.words};
    add_products(&of_run);
    for (int32_t i = 0; i < totals_words(p); ++i) products.sums[i] += shifted_total(p, sums[i]);
  }
};

struct AttentionS8 : AttentionS8Of<kernels::AttentionS8> {};
struct AttentionS8Softcap : AttentionS8Of<kernels::AttentionS8Softcap> {};

}  // namespace tmc::kernels::armv7em
