// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Panels of detail/product_tile.hpp: int8 matrices as 16-bit lanes with their zero points taken off.
//
// A group of four elements of a line, along which is summed, becomes two words: elements 0 and 2 in the lanes of the
// first, 1 and 3 in those of the second (the order of SXTB16). Words of the lines of a panel interleave: three rows, or
// two columns. In a last group that is not whole, rows have zeros for what is missing, and columns anything.

#include "tmc/kernels/armv7em/detail/product_lines.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kProductRows = 3;
inline constexpr int32_t kProductColumns = 2;

// Words of a line of `depth` elements.
constexpr int32_t product_words(int32_t depth) {
  return 2 * groups_of_four(depth);
}
constexpr int32_t product_pairs(int32_t columns) {
  return (columns + 1) / kProductColumns;
}

// What is left of lines of any depth behind their whole groups. Returns the end of the panel.
template <int kLines>
inline int32_t* pack_last_group(const int8_t* const (&lines)[kLines], int32_t depth, int32_t offsets, int32_t* panel) {
  const int32_t rest = depth % 4;
  if (rest == 0) return panel;
  for (int i = 0; i < kLines; ++i) {
    const int32_t word = load_partial(lines[i] + depth - rest, rest);
    panel[i] = sxtab16(offsets, word) & (rest == 3 ? -1 : 0xFFFF);
    panel[kLines + i] = sxtab16_ror8(offsets, word) & (rest == 1 ? 0 : 0xFFFF);
  }
  return panel + 2 * kLines;
}

// Three rows, the first of `count` in all that are `stride` apart; those beyond are the last once more.
[[gnu::noinline]] inline void pack_product_rows(const int8_t* first, int32_t stride, int32_t count, int32_t depth,
                                                int32_t zero_point, int32_t* panel) {
  const int8_t* const second = count > 1 ? first + stride : first;
  const int8_t* const third = count > 2 ? second + stride : second;
  const int32_t offsets = both_lanes(-zero_point), groups = depth / 4;
  const ProductLines lines{first, second, third, panel, offsets, groups};
  if (groups > 0) interleave_lines(&lines);
  pack_last_group({first, second, third}, depth, offsets, panel + 2 * kProductRows * groups);
}

// Columns that are lines, `stride` apart: a transposed matrix. Returns the end of the panel. Pairs go together where
// nothing of a line is left behind its whole groups.
[[gnu::noinline]] inline int32_t* pack_product_columns(const int8_t* first, int32_t stride, int32_t columns,
                                                       int32_t depth, int32_t zero_point, int32_t* panel) {
  const int32_t offsets = both_lanes(-zero_point), groups = depth / 4;
  const int32_t together = depth % 4 == 0 && columns > 1 ? columns / kProductColumns : 1;
  for (int32_t pairs; columns > 0; columns -= kProductColumns * pairs, first += kProductColumns * pairs * stride) {
    pairs = columns > 1 ? together : 1;
    const int8_t* const second = columns > 1 ? first + stride : first;
    const LinePairs lines{first, second, kProductColumns * stride - depth, panel, offsets, groups, pairs};
    if (groups > 0) interleave_pairs(&lines);
    panel = pack_last_group({first, second}, depth, offsets, panel + 2 * kProductColumns * groups * pairs);
  }
  return panel;
}

// Columns of a matrix whose rows are `stride` apart. Returns the end of the panel.
[[gnu::noinline]] inline int32_t* pack_product_columns_across(const int8_t* first, int32_t stride, int32_t columns,
                                                              int32_t depth, int32_t zero_point, int32_t* panel) {
  const int32_t pair_words = kProductColumns * product_words(depth);
  for (; columns > 0; columns -= 4, first += 4) {
    const LinesAcross lines{first, stride, both_lanes(-zero_point), panel, panel + pair_words, depth / 4};
    const int32_t whole_groups = columns >= 4 ? lines.groups : 0;
    if (whole_groups > 0) interleave_across(&lines);
    if (whole_groups < groups_of_four(depth)) interleave_rest(lines, whole_groups, columns, depth);
    panel += columns > 2 ? 2 * pair_words : pair_words;
  }
  return panel;
}

// Calls of pack_last_group of so many columns that are lines, and elements of columns across that go one by one.
constexpr int32_t last_groups(int32_t columns, int32_t depth) {
  return depth % 4 == 0 ? 0 : product_pairs(columns);
}
constexpr int32_t single_elements(int32_t columns, int32_t depth) {
  return columns / 4 * (depth % 4 == 0 ? 0 : 16) + columns % 4 * 4 * groups_of_four(depth);
}

}  // namespace tmc::kernels::armv7em
