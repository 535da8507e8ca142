// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementwise implementations of int16, two elements a word.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/contract/detail/broadcast_rows.hpp"

namespace tmc::kernels::armv7em {

// output[i] = function(a[i], b[i]); the operands and what comes out are in 32 bits.
template <typename Function>
inline void map_int16(const int16_t* a, const int16_t* b, int16_t* output, int32_t length, Function function) {
  for (const int16_t* end = output + length / 2 * 2; output != end; a += 2, b += 2, output += 2) {
    const int32_t pair_a = load_word(a);
    const int32_t pair_b = load_word(b);
    const int32_t low = function(bottom(pair_a), bottom(pair_b));
    store_word(pack_bottoms(low, function(top(pair_a), top(pair_b))), output);
  }
  if (length % 2 != 0) *output = static_cast<int16_t>(function(int32_t{*a}, int32_t{*b}));
}
// output[i] = function(a[i]).
template <typename Function>
inline void map_int16(const int16_t* a, int16_t* output, int32_t length, Function function) {
  for (const int16_t* end = output + length / 2 * 2; output != end; a += 2, output += 2) {
    const int32_t pair = load_word(a);
    const int32_t low = function(bottom(pair));
    store_word(pack_bottoms(low, function(top(pair))), output);
  }
  if (length % 2 != 0) *output = static_cast<int16_t>(function(int32_t{*a}));
}

// Into [low, high], in one instruction where that is all of int16.
inline int32_t limited_s16(int32_t value, int32_t low, int32_t high) {
  return low == INT16_MIN && high == INT16_MAX ? saturate_s16(value) : clamp(value, low, high);
}

// Every row of a binary operation; an operand that is broadcast along a row is read once for it.
template <typename Params, typename Function>
inline void map_rows_int16(const Params& p, const int16_t* a, const int16_t* b, int16_t* output, Function function) {
  const BroadcastRows rows = broadcast_rows(p);
  for_each_row(p, rows, a, b, output, [&](const int16_t* row_a, const int16_t* row_b, int16_t* to) {
    if (rows.a_step == 0) {
      map_int16(row_b, to, rows.length, [&, fixed = int32_t{*row_a}](int32_t value) { return function(fixed, value); });
    } else if (rows.b_step == 0) {
      map_int16(row_a, to, rows.length, [&, fixed = int32_t{*row_b}](int32_t value) { return function(value, fixed); });
    } else {
      map_int16(row_a, row_b, to, rows.length, function);
    }
  });
}

}  // namespace tmc::kernels::armv7em
