// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Three queries of attention_s8.hpp and a run of keys. Scores lie as detail/product_tile.hpp has sums, three rows
// beside each other, and become exponentials in their place: the rows of the product with the values.

#include "tmc/kernels/armv7em/detail/product_panels.hpp"
#include "tmc/kernels/armv7em/detail/product_tile.hpp"
#include "tmc/kernels/common/attention_s8.hpp"

namespace tmc::kernels::armv7em {

// USAT: 10 bits.
inline int32_t saturate_u10(int32_t value) {
#if TMC_ARMV7EM_DSP
  int32_t result;
  asm("usat %0, #10, %1" : "=r"(result) : "r"(value));
  return result;
#else
  return value < 0 ? 0 : value > 1023 ? 1023 : value;
#endif
}
static_assert(AttentionS8::kExponentials == 1 << 10);

struct AttentionTile {
  int32_t* query;       // [words of size][3 rows] lanes
  int32_t* scores;      // [keys of a run][3 rows]
  int32_t* totals;      // [value_size, rounded up to pairs][3 rows]
  int32_t first, rows;  // queries; of three
  AttentionState states[kProductRows];
};

inline void clear_words(int32_t* words, int32_t count) {
  for (int32_t* const end = words + count / 6 * 6; words != end; words += 6) {
#pragma GCC unroll 6
    for (int32_t i = 0; i < 6; ++i) words[i] = 0;
  }
  for (int32_t i = 0; i < count % 6; ++i) words[i] = 0;
}

// Products to scores, all of which are seen; `largest` of each row.
template <bool kIsShifted>
inline void scale_scores(int32_t* scores, int32_t keys, int32_t multiplier, int32_t shift,
                         int32_t (&largest)[kProductRows]) {
  int32_t most[kProductRows] = {kHiddenScore, kHiddenScore, kHiddenScore};
  for (int32_t* const end = scores + kProductRows * keys; scores != end; scores += kProductRows) {
#pragma GCC unroll 3
    for (int32_t row = 0; row < kProductRows; ++row) {
      const int32_t product = kIsShifted ? wrapping_shift_left(scores[row], shift) : scores[row];
      const int32_t score = smmulr(product, multiplier);
      scores[row] = score;
      most[row] = score > most[row] ? score : most[row];
    }
  }
  for (int32_t row = 0; row < kProductRows; ++row) largest[row] = most[row];
}

// The same where limits or a mask hide some; `mask` is the place of each row's first key.
inline void mask_scores(const AttentionS8::Params& p, const AttentionTile& tile, const void* mask,
                        const int32_t (&mask_rows)[kProductRows], int32_t first, int32_t keys,
                        int32_t (&largest)[kProductRows]) {
  for (int32_t row = 0; row < kProductRows; ++row) {
    const KeyRange seen = keys_of(p, tile.first + (row < tile.rows ? row : 0));
    int32_t most = kHiddenScore;
    for (int32_t j = 0; j < keys; ++j) {
      int32_t& at = tile.scores[kProductRows * j + row];
      at =
          is_within(seen, first + j) ? masked_score(p, mask, mask_rows[row], first + j, score_of(p, at)) : kHiddenScore;
      most = at > most ? at : most;
    }
    largest[row] = most;
  }
}

// Scores to exponentials, in lanes; `keys` is a multiple of four.
inline void make_exponentials(AttentionTile& tile, int32_t keys, const int16_t* exponentials) {
  for (int32_t row = 0; row < kProductRows; ++row) {
    const int32_t largest = tile.states[row].largest;
    int32_t sum = tile.states[row].sum;
    const int32_t* scores = tile.scores + row;
    int32_t* lanes = tile.scores + row;
    for (const int32_t* const end = scores + kProductRows * keys; scores != end; scores += 4 * kProductRows) {
      int32_t of_key[4];
#pragma GCC unroll 4
      for (int32_t i = 0; i < 4; ++i) {
        of_key[i] = exponentials[saturate_u10(largest - scores[kProductRows * i])];
        sum += of_key[i];
      }
      lanes[0] = of_key[0] + (of_key[2] << 16);
      lanes[kProductRows] = of_key[1] + (of_key[3] << 16);
      lanes += 2 * kProductRows;
    }
    tile.states[row].sum = sum;
  }
}

}  // namespace tmc::kernels::armv7em
