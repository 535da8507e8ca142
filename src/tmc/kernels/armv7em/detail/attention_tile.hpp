// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Three queries of attention_s8.hpp and a run of keys. Scores lie as detail/product_tile.hpp has sums, three rows
// beside each other, and become exponentials in their place: the rows of the product with the values.

#include "tmc/kernels/armv7em/detail/product_panels.hpp"
#include "tmc/kernels/armv7em/detail/product_tile.hpp"
#include "tmc/kernels/common/softcap_s8.hpp"

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
template <bool kIsShifted, typename Buffers>
inline void scale_scores(const Buffers& b, int32_t* scores, int32_t keys, int32_t multiplier, int32_t shift,
                         int32_t (&largest)[kProductRows]) {
  int32_t most[kProductRows] = {kHiddenScore, kHiddenScore, kHiddenScore};
  for (int32_t* const end = scores + kProductRows * keys; scores != end; scores += kProductRows) {
#pragma GCC unroll 3
    for (int32_t row = 0; row < kProductRows; ++row) {
      const int32_t product = kIsShifted ? wrapping_shift_left(scores[row], shift) : scores[row];
      const int32_t score = limited_score(b, smmulr(product, multiplier));
      scores[row] = score;
      most[row] = score > most[row] ? score : most[row];
    }
  }
  for (int32_t row = 0; row < kProductRows; ++row) largest[row] = most[row];
}

// The same of one row's keys [begin, end), each as adjust(key, score) says. Gives the largest.
template <typename Params, typename Buffers, typename Adjust>
inline int32_t adjust_scores(const Params& p, const Buffers& b, int32_t* scores, KeyRange keys, Adjust adjust) {
  const int32_t multiplier = p.score_multiplier, shift = p.score_shift;
  int32_t most = kHiddenScore;
  for (int32_t j = keys.begin; j < keys.end; ++j) {
    int32_t& at = scores[kProductRows * j];
    at = adjust(j, limited_score(b, smmulr(wrapping_shift_left(at, shift), multiplier)));
    most = at > most ? at : most;
  }
  return most;
}

// The same where a mask says more; `mask_row` is the place of its first key.
template <typename Params, typename Buffers>
inline int32_t mask_scores(const Params& p, const Buffers& b, const void* mask, int32_t mask_row, int32_t* scores,
                           KeyRange keys) {
  if (p.has_mask == 0) return adjust_scores(p, b, scores, keys, [](int32_t, int32_t score) { return score; });
  const int32_t stride = p.mask_strides[3];
  if (p.mask_dtype == static_cast<int32_t>(DType::kBool)) {
    const Bool* const seen = static_cast<const Bool*>(mask) + mask_row;
    return adjust_scores(p, b, scores, keys,
                         [=](int32_t j, int32_t score) { return seen[j * stride] ? score : kHiddenScore; });
  }
  const int16_t* const added = static_cast<const int16_t*>(mask) + mask_row;
  return adjust_scores(p, b, scores, keys, [=](int32_t j, int32_t score) {
    const int16_t number = added[j * stride];
    return number == AttentionS8::kHides ? kHiddenScore : score + number;
  });
}

// The same of a run of keys from `first` on, of which limits or a mask hide some.
template <typename Params, typename Buffers>
inline void hide_scores(const Params& p, const Buffers& b, const AttentionTile& tile,
                        const int32_t (&mask_rows)[kProductRows], int32_t first, int32_t keys,
                        int32_t (&largest)[kProductRows]) {
  const void* const mask = b.mask;
  for (int32_t row = 0; row < kProductRows; ++row) {
    int32_t* const scores = tile.scores + row;
    const KeyRange all = keys_of(p, tile.first + (row < tile.rows ? row : 0));
    const auto within = [&](int32_t key) { return key < first ? 0 : key > first + keys ? keys : key - first; };
    const KeyRange seen{within(all.begin), within(all.end)};
    for (int32_t j = 0; j < keys; ++j) {
      if (!is_within(seen, j)) scores[kProductRows * j] = kHiddenScore;
    }
    largest[row] = mask_scores(p, b, mask, mask_rows[row] + first * p.mask_strides[3], scores, seen);
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
