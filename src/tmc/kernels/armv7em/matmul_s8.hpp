// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of int8 activations. A block of b's columns, then three rows of a after the other are widened into scratch,
// and all of the rows' outputs in the block are made at once (detail/product_tile.hpp). A last column without a
// neighbour is made in scratch, together with a copy of itself.

#include "tmc/kernels/armv7em/detail/product_panels.hpp"
#include "tmc/kernels/armv7em/detail/product_tile.hpp"
#include "tmc/kernels/common/matrices.hpp"
#include "tmc/kernels/contract/matmul.hpp"

namespace tmc::kernels::armv7em {

struct MatmulS8 : ImplementationOf<kernels::MatmulS8> {
  static constexpr bool applies(const Params& p) { return has_long_form(p.multiplier, p.shift, greatest_sum(p)); }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return (int64_t{kProductRows} + block_columns(p)) * line_bytes(p);
  }
  static constexpr double instructions(const Params& p) {
    const double matrices = 1.0 * p.batch[0] * p.batch[1] * p.batch[2];
    const double words = product_words(p.inner);
    const double tiles = (p.rows + 2) / kProductRows;
    const double pairs = product_pairs(p.columns);
    const double of_tile = blocks(p) * (90 + 6 * words) + pairs * (32 + 8.25 * words);
    return 60 + matrices * (100 + pairs * (20 + 7 * words) + tiles * of_tile);
  }

  // Columns are taken in blocks: rows are widened again for each, and a block takes scratch.
  static constexpr int32_t block_columns(const Params& p) {
    const int32_t all = kProductColumns * product_pairs(p.columns);
    const int32_t fitting = kBlockBytes / line_bytes(p) / 4 * 4;
    const int32_t most = fitting < 4 ? 4 : fitting;
    return all < most ? all : most;
  }
  static constexpr int32_t blocks(const Params& p) { return (p.columns + block_columns(p) - 1) / block_columns(p); }

  static void run(Params p, Buffers b) {
    if (rounds_once(p.multiplier, p.shift)) {
      run_matrices(p, b, OneRounding{short_form(p.multiplier, p.shift).factor});
    } else if (has_short_form(p.multiplier, p.shift, kMostShift)) {
      run_matrices(p, b, short_form(p.multiplier, p.shift));
    } else {
      run_matrices(p, b, long_form(p.multiplier, p.shift));
    }
  }

 private:
  static constexpr int32_t kBlockBytes = 4096;
  static constexpr int32_t kMostShift = 12;  // up to which the short form is exact for every sum

  static constexpr int32_t line_bytes(const Params& p) { return 4 * product_words(p.inner); }
  static constexpr int64_t greatest_sum(const Params& p) {
    const int64_t bound = int64_t{255} * 255 * p.inner;
    return bound <= INT32_MAX ? bound : int64_t{1} << 31;  // it may wrap
  }

  // One function serves all layers that round alike.
  template <typename Form>
  [[gnu::noinline]] static void run_matrices(const Params& p, const Buffers& b, const Form& form) {
    auto* rows = static_cast<int32_t*>(b.scratch);
    int32_t* panel = rows + kProductRows * product_words(p.inner);
    ProductTile<Form> tile{{}, p.output_zero_point, panel, nullptr, rows, product_words(p.inner), form};
    const int32_t column_stride = p.transpose_b ? p.inner : 1;
    int8_t* output = b.output;
    for_each_matrix(p, [&](int32_t matrix_a, int32_t matrix_b) {
      const int8_t* a = b.a + matrix_a * p.rows * p.inner;
      const int8_t* other = b.b + matrix_b * p.inner * p.columns;
      for (int32_t column = 0; column < p.columns; column += block_columns(p)) {
        const int32_t left = p.columns - column;
        const int32_t columns = left < block_columns(p) ? left : block_columns(p);
        const auto pack = p.transpose_b ? pack_product_columns : pack_product_columns_across;
        const int32_t stride = p.transpose_b ? p.inner : p.columns;
        tile.columns_end = pack(other + column * column_stride, stride, columns, p.inner, p.b_zero_point, panel);
        multiply_block(p, a, columns, &tile, output + column);
      }
      output += p.rows * p.columns;
    });
  }

  template <typename Form>
  static void multiply_block(const Params& p, const int8_t* a, int32_t columns, ProductTile<Form>* tile,
                             int8_t* output) {
    for (int32_t left = p.rows; left > 0; left -= kProductRows) {
      pack_product_rows(a, p.inner, left, p.inner, p.a_zero_point, const_cast<int32_t*>(tile->rows));
      tile->output[0] = output;
      tile->output[1] = left > 1 ? output + p.columns : output;
      tile->output[2] = left > 2 ? tile->output[1] + p.columns : tile->output[1];
      run_columns(*tile, columns);
      a += kProductRows * p.inner;
      output += kProductRows * p.columns;
    }
  }

  template <typename Form>
  static void run_columns(ProductTile<Form> tile, int32_t columns) {
    if (columns % kProductColumns == 0) return run_product_tile(&tile);
    const int32_t* const end = tile.columns_end;
    tile.columns_end -= kProductColumns * tile.words;
    if (columns > 1) run_product_tile(&tile);
    int8_t last[3][kProductColumns];
    int8_t* to[3];
    for (int32_t i = 0; i < 3; ++i) {
      to[i] = tile.output[i] + columns - 1;
      tile.output[i] = last[i];
    }
    tile.columns = tile.columns_end;
    tile.columns_end = end;
    run_product_tile(&tile);
    for (int32_t i = 0; i < 3; ++i) *to[i] = last[i][0];
  }
};

}  // namespace tmc::kernels::armv7em
