// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The arithmetic of contract/attention_s8.hpp that its implementations share.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/attention.hpp"
#include "tmc/kernels/common/reciprocal.hpp"
#include "tmc/kernels/contract/attention_s8.hpp"

namespace tmc::kernels {

// Below all scores by more than the exponentials reach.
inline constexpr int32_t kHiddenScore = INT32_MIN / 2;
inline constexpr int32_t kNoLargest = kHiddenScore + AttentionS8::kExponentials;

// Whether shifts and multipliers are such that no sum of so many keys overflows.
template <typename Params>
constexpr bool has_numbers_of_attention_s8(const Params& p, int32_t keys) {
  using Contract = AttentionS8;
  const bool has_sums = p.total_shift >= 0 && p.total_shift <= Contract::kMaxTotalShift &&
                        keys <= Contract::kMaxKeys << p.total_shift && p.score_shift >= 0 && p.score_shift <= 15 &&
                        int64_t{p.size} << p.score_shift <= Contract::kMaxSize;
  return has_sums && p.query_zero_point >= -128 && p.query_zero_point <= 127 && p.score_multiplier >= 0 &&
         p.exponentials == Contract::kExponentials && p.output_multiplier >= 0 && p.output_shift >= -10 &&
         p.output_shift <= 5;
}

template <typename Params>
constexpr bool is_attention_s8(const Params& p) {
  const bool takes_mask = p.has_mask == 0 || p.mask_dtype == static_cast<int32_t>(DType::kI16) ||
                          p.mask_dtype == static_cast<int32_t>(DType::kBool);
  return has_extents_of_attention(p) && takes_mask && has_numbers_of_attention_s8(p, p.keys);
}

constexpr bool is_within(KeyRange seen, int32_t key) {
  return key >= seen.begin && key < seen.end;
}

constexpr int32_t scaled_score(int32_t product, int32_t shift, int32_t multiplier) {
  const int64_t wide = int64_t{product} * (int64_t{1} << shift) * multiplier;
  return static_cast<int32_t>((wide + (int64_t{1} << 31)) >> 32);
}

template <typename Params>
constexpr int32_t score_of(const Params& p, int32_t product) {
  return scaled_score(product, p.score_shift, p.score_multiplier);
}

// With what the mask says of the key; `row` is the place of the query's first key.
template <typename Params>
int32_t masked_score(const Params& p, const void* mask, int32_t row, int32_t key, int32_t score) {
  if (p.has_mask == 0) return score;
  const int32_t at = row + key * p.mask_strides[3];
  if (p.mask_dtype == static_cast<int32_t>(DType::kBool)) {
    return static_cast<const Bool*>(mask)[at] ? score : kHiddenScore;
  }
  const int16_t added = static_cast<const int16_t*>(mask)[at];
  return added == AttentionS8::kHides ? kHiddenScore : score + added;
}

// What is known of a query's scores so far.
struct AttentionState {
  int32_t largest = kNoLargest;
  int32_t sum = 0;
};

// Of a score of the run that was begun.
inline int32_t exponential_of(const AttentionState& state, int32_t score, const int16_t* exponentials) {
  const int32_t below = state.largest - score;
  return exponentials[below < AttentionS8::kExponentials ? below : AttentionS8::kExponentials - 1];
}

constexpr int32_t made_less(int32_t value, int32_t exponential) {
  const int64_t wide = int64_t{value} * (exponential * (int32_t{1} << 16));
  return 2 * static_cast<int32_t>((wide + (int64_t{1} << 31)) >> 32);
}

// Takes the largest score of a run in. Totals of the query are `stride` apart.
inline void begin_run(int32_t largest, const int16_t* exponentials, AttentionState& state, int32_t* totals,
                      int32_t count, int32_t stride) {
  if (largest <= state.largest) return;
  if (state.sum != 0) {
    const int32_t factor = exponential_of({largest, 0}, state.largest, exponentials);
    state.sum = made_less(state.sum, factor);
    for (int32_t d = 0; d < count; ++d) totals[d * stride] = made_less(totals[d * stride], factor);
  }
  state.largest = largest;
}

template <typename Params>
constexpr int32_t shifted_total(const Params& p, int32_t sum) {
  return (sum + ((1 << p.total_shift) >> 1)) >> p.total_shift;
}

// Makes exponentials of `count` scores in place, and adds them and the values that they weigh up. A row of values is
// `width` elements.
template <typename Params>
void add_run(const Params& p, int32_t count, const int16_t* exponentials, const int8_t* values, int32_t width,
             int32_t* scores, AttentionState& state, int32_t* totals) {
  for (int32_t j = 0; j < count; ++j) {
    scores[j] = exponential_of(state, scores[j], exponentials);
    state.sum += scores[j];
  }
  for (int32_t d = 0; d < p.value_size; ++d) {
    int32_t sum = 0;
    for (int32_t j = 0; j < count; ++j) sum += scores[j] * values[j * width + d];
    totals[d] += shifted_total(p, sum);
  }
}

// Of a query and a key, less its zero point where that matters, before it is scaled.
template <typename Params>
int32_t query_product(const Params& p, const int8_t* query, const int8_t* key, int32_t key_zero_point = 0) {
  int32_t sum = 0;
  for (int32_t d = 0; d < p.size; ++d) sum += (query[d] - p.query_zero_point) * (key[d] - key_zero_point);
  return sum;
}

// The outputs of a query from its totals, `stride` apart. Implementations may have a faster reciprocal of the same
// bits.
template <Reciprocal (*kReciprocalOf)(int32_t, int32_t) = reciprocal_of, typename Params>
inline void finish_row(const Params& p, const AttentionState& state, const int32_t* totals, int32_t stride,
                       int8_t* output) {
  if (state.sum == 0) {
    for (int32_t d = 0; d < p.value_size; ++d) output[d] = static_cast<int8_t>(p.output_zero_point);
    return;
  }
  const Reciprocal of_sum = kReciprocalOf(state.sum, 31);
  const int32_t multiplier = saturating_rounding_doubling_high_mul(of_sum.reciprocal, p.output_multiplier);
  const int32_t shift = of_sum.exponent - p.total_shift - p.output_shift - 9;
  const int32_t left = shift < 0 ? -shift : 0, right = shift < 0 ? 0 : shift;
  const int32_t offset = p.output_offset;
  for (int32_t d = 0; d < p.value_size; ++d, totals += stride) {
    const auto mean = static_cast<int32_t>((int64_t{*totals} * multiplier) >> 32);
    const int32_t scaled = wrapping_shift_left(mean, left) >> right;
    output[d] = static_cast<int8_t>(clamp((scaled + offset) >> 8, -128, 127));
  }
}

}  // namespace tmc::kernels
