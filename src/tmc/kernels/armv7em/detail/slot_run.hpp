// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One or two queries that look at the same keys and values, and a run of their slots (cached_attention_s8.hpp). Keys
// are widened on their way, two slots for all queries together; scores become exponentials in their place, two slots
// in a word, and values of two slots are put side by side as they are widened.

#include "tmc/kernels/armv7em/detail/attention_tile.hpp"
#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/armv7em/detail/slot_scores.hpp"
#include "tmc/kernels/armv7em/detail/slot_values.hpp"
#include "tmc/kernels/common/attention_s8.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kSlotRun = kernels::AttentionS8::kRun;
static_assert(kSlotRun % 2 == 0);

// Queries `size` elements apart, less their zero point and shifted: [groups of four][queries][2] lanes.
template <int kQueries>
inline void widen_queries(const int8_t* from, int32_t size, int32_t zero_point, int32_t shift, int32_t* lanes) {
  const int32_t less = both_lanes(-zero_point);
  const auto shifted = [=](int32_t word) { return pack_bottoms(bottom(word) << shift, top(word) << shift); };
  for (int32_t at = 0; at < size; at += 4, lanes += 2 * kQueries) {
    for (int32_t i = 0; i < kQueries; ++i) {
      const int32_t word = load_word(from + i * size + at);
      lanes[2 * i] = shifted(sxtab16(less, word));
      lanes[2 * i + 1] = shifted(sxtab16_ror8(less, word));
    }
  }
}

// Products of a group of two slots, [slots][queries].
template <int kQueries>
inline void add_group(const int8_t* first, const int8_t* second, const int32_t* lanes, int32_t (&sums)[2 * kQueries]) {
  const int32_t word0 = load_word(first), word1 = load_word(second);
  const int32_t even0 = sxtb16(word0), odd0 = sxtb16_ror8(word0);
  const int32_t even1 = sxtb16(word1), odd1 = sxtb16_ror8(word1);
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) {
    sums[i] = smlad(odd0, lanes[2 * i + 1], smlad(even0, lanes[2 * i], sums[i]));
    sums[kQueries + i] = smlad(odd1, lanes[2 * i + 1], smlad(even1, lanes[2 * i], sums[kQueries + i]));
  }
}

// Scores as [slots][queries], that of an odd last slot once more behind it. Takes the largest ones in. Keys have
// kGroups groups of four, or where that is 0 as many as lanes.
template <int kQueries, int kGroups>
[[gnu::noinline]] inline void make_slot_scores(SlotRows keys, const int32_t* lanes, const int32_t* lanes_end,
                                               int32_t multiplier, int32_t* scores, int32_t* largest) {
  if constexpr (kQueries == 2 && kGroups == 2) {
    const int32_t whole = keys.count / 2 * 2;
    if (whole > 0) {
      ScorePairs pairs{keys.first,        keys.stride, lanes, scores, multiplier, {largest[0], largest[1]},
                       scores + 2 * whole};
      score_pairs(&pairs);
      largest[0] = pairs.most[0];
      largest[1] = pairs.most[1];
      keys = {keys.first + whole * keys.stride, keys.stride, keys.count - whole};
      scores += 2 * whole;
    }
  }
  int32_t most[kQueries];
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) most[i] = largest[i];
  for (; keys.count > 0; keys.count -= 2, keys.first += 2 * keys.stride, scores += 2 * kQueries) {
    const int8_t* first = keys.first;
    const int8_t* second = keys.count > 1 ? first + keys.stride : first;
    int32_t sums[2 * kQueries] = {};
    if constexpr (kGroups > 0) {
#pragma GCC unroll 4
      for (int32_t i = 0; i < kGroups; ++i) {
        add_group<kQueries>(first + 4 * i, second + 4 * i, lanes + 2 * kQueries * i, sums);
      }
    } else {
      for (const int32_t* at = lanes; at != lanes_end; at += 2 * kQueries, first += 4, second += 4) {
        add_group<kQueries>(first, second, at, sums);
      }
    }
#pragma GCC unroll 4
    for (int32_t i = 0; i < 2 * kQueries; ++i) {
      const int32_t score = smmulr(sums[i], multiplier);
      scores[i] = score;
      most[i % kQueries] = score > most[i % kQueries] ? score : most[i % kQueries];
    }
  }
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) largest[i] = most[i];
}

// Scores of one query, kQueries words apart, to exponentials of `pairs` pairs of slots. Gives the sum with theirs.
template <int kQueries>
[[gnu::noinline]] inline int32_t make_slot_exponentials(int32_t* scores, int32_t pairs, AttentionState state,
                                                        const int16_t* exponentials) {
  int32_t sum = state.sum;
  int32_t* lanes = scores;
#pragma GCC unroll 4
  for (const int32_t* const end = lanes + kQueries * pairs; lanes != end; lanes += kQueries, scores += 2 * kQueries) {
    const int32_t even = exponentials[saturate_u10(state.largest - scores[0])];
    const int32_t odd = exponentials[saturate_u10(state.largest - scores[kQueries])];
    const int32_t word = even + (odd << 16);
    *lanes = word;
    sum = smlad(word, both_lanes(1), sum);
  }
  return sum;
}

// Adds values times exponentials to totals, [size][queries]; size is even. A run's sum is shifted before it is added.
template <int kQueries>
[[gnu::noinline]] inline void add_slot_values(SlotRows values, int32_t size, const int32_t* exponentials, int32_t shift,
                                              int32_t* totals) {
  if (kQueries == 2 && shift == 0 && values.count > 1) {
    const int32_t pairs = values.count / 2;
    const ValueSums of_pairs{values.first, values.stride, exponentials, totals, totals + kQueries * size, pairs};
    add_value_pairs(&of_pairs);
    if (values.count % 2 == 0) return;
    values = {values.first + 2 * pairs * values.stride, values.stride, 1};
    exponentials += kQueries * pairs;
  }
  const int32_t half = (1 << shift) >> 1;
  const int32_t* const whole = exponentials + values.count / 4 * 2 * kQueries;
  const int32_t* const end = exponentials + values.count / 2 * kQueries;
  for (const int32_t* const totals_end = totals + kQueries * size; totals != totals_end; values.first += 2) {
    int32_t sums[2 * kQueries] = {};
    const int8_t* row = values.first;
    const int32_t* at = exponentials;
    for (; at != whole; at += 2 * kQueries) {
      add_value_pair<kQueries>(row, row + values.stride, at, sums);
      row += 2 * values.stride;
      add_value_pair<kQueries>(row, row + values.stride, at + kQueries, sums);
      row += 2 * values.stride;
    }
    if (at != end) {
      add_value_pair<kQueries>(row, row + values.stride, at, sums);
      row += 2 * values.stride;
      at += kQueries;
    }
    if (values.count % 2 != 0) add_value_pair<kQueries>(row, row, at, sums);
#pragma GCC unroll 4
    for (int32_t i = 0; i < 2 * kQueries; ++i) *totals++ += (sums[i] + half) >> shift;
  }
}

}  // namespace tmc::kernels::armv7em
