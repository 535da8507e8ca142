// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scores of keys of four bits (contract/cached_attention_s4.hpp). A word of the cache has eight elements of a slot: a
// shift and a mask make lanes of it, of elements that are four apart; the zero point times the sum of the query is
// taken off before a product is multiplied.

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/common/four_bit_keys.hpp"

namespace tmc::kernels::armv7em {

// Of a run of slots and a head.
struct FourBitRows {
  const uint8_t* rows;   // words of the first slot
  int32_t stride;        // bytes to those of the next
  const uint8_t* grids;  // the byte of the first slot
  int32_t grid_stride;   // to that of the next
  int32_t count;         // of slots
};

// Queries `size` elements apart, less their zero point and shifted: [words][four][queries] lanes.
template <int kQueries>
inline void widen_queries_s4(const int8_t* from, int32_t size, int32_t zero_point, int32_t shift, int32_t* lanes) {
  for (int32_t at = 0; at < size; at += 8) {
    for (int32_t d = at; d < at + 4; ++d) {
      for (int32_t i = 0; i < kQueries; ++i) {
        const int8_t* query = from + i * size;
        const int32_t low = d < size ? (query[d] - zero_point) << shift : 0;
        const int32_t high = d + 4 < size ? (query[d + 4] - zero_point) << shift : 0;
        *lanes++ = pack_bottoms(low, high);
      }
    }
  }
}

// Adds up the products of a word of a slot.
template <int kQueries>
inline void add_four_bit_word(uint32_t word, const int32_t* lanes, int32_t* sums) {
#pragma GCC unroll 4
  for (int32_t d = 0; d < 4; ++d) {
    const auto key = static_cast<int32_t>(word >> (4 * d) & 0x000F000F);
    for (int32_t i = 0; i < kQueries; ++i) sums[i] = smlad(key, lanes[kQueries * d + i], sums[i]);
  }
}

// Scores as [slots][queries], with kIsAdded added to what is there. Takes the largest ones in. Keys have kWords words,
// or where that is 0 as many as lanes.
template <int kQueries, int kWords, bool kIsAdded>
[[gnu::noinline]] inline void make_four_bit_scores(FourBitRows keys, const int32_t* lanes, const int32_t* lanes_end,
                                                   int32_t score_multiplier, int32_t* scores, int32_t* largest) {
  int32_t queries[kQueries] = {}, most[kQueries];
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) most[i] = largest[i];
  for (const int32_t* at = lanes; at != lanes_end; at += kQueries) {
#pragma GCC unroll 2
    for (int32_t i = 0; i < kQueries; ++i) queries[i] = smlad(at[i], both_lanes(1), queries[i]);
  }
  for (const int32_t* const end = scores + kQueries * keys.count; scores != end; scores += kQueries) {
    int32_t sums[kQueries] = {};
    if constexpr (kWords > 0) {
#pragma GCC unroll 2
      for (int32_t word = 0; word < kWords; ++word) {
        add_four_bit_word<kQueries>(static_cast<uint32_t>(load_word(keys.rows + 4 * word)), lanes + 4 * kQueries * word,
                                    sums);
      }
    } else {
      const uint8_t* row = keys.rows;
      for (const int32_t* at = lanes; at != lanes_end; at += 4 * kQueries, row += 4) {
        add_four_bit_word<kQueries>(static_cast<uint32_t>(load_word(row)), at, sums);
      }
    }
    const KeyGrid grid = KeyGrid::of(*keys.grids);
    keys.grids += keys.grid_stride;
    keys.rows += keys.stride;
#pragma GCC unroll 2
    for (int32_t i = 0; i < kQueries; ++i) {
      const int32_t scaled = smmulr((sums[i] - grid.zero * queries[i]) * grid.multiplier, score_multiplier);
      const int32_t score = kIsAdded ? scores[i] + scaled : scaled;
      scores[i] = score;
      most[i] = score > most[i] ? score : most[i];
    }
  }
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) largest[i] = most[i];
}

}  // namespace tmc::kernels::armv7em
