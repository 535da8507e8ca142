// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logits among which a sampler chooses, as integers: which is the best, and which are the first in the order by
// logit, and by number where these are the same. sampler.hpp says what a value is. Nothing is sorted and nothing is
// copied: values are made of the logits in each pass over them. Freestanding.

#include "tmc/stream/logits.hpp"
#include "tmc/stream/stream_error.hpp"

namespace tmc::stream {

// What a penalised value is multiplied with, in units of 2^-24.
struct PenaltyFactors {
  int64_t of_positive = 1 << 24;
  int64_t of_negative = 1 << 24;
};

class Candidates {
 public:
  // `allowed` and `seen` have a bit for each token, 32 a word, or are null: what may be chosen, and what is penalised.
  Candidates(const Logits& logits, const uint32_t* allowed, const uint32_t* seen, PenaltyFactors factors)
      : logits_(logits), allowed_(allowed), seen_(seen), factors_(factors) {}

  // Comes first. kNotANumber, kNoCandidate.
  StreamError find_best() {
    int32_t best = kNoLogit;
    int32_t lowest = INT32_MAX;
    for (int32_t token = 0; token < logits_.count; ++token) {
      if (!is_number(token)) return StreamError::kNotANumber;
      const int32_t value = value_of(token);
      if (value == kNoLogit) continue;
      if (value > best) {
        best = value;
        best_token_ = token;
      }
      if (value < lowest) lowest = value;
    }
    if (best == kNoLogit) return StreamError::kNoCandidate;
    best_ = best;
    largest_difference_ = static_cast<uint32_t>(best) - static_cast<uint32_t>(lowest);
    return StreamError::kOk;
  }
  int32_t best_token() const { return best_token_; }

  // Weights of differences to the best.
  LogitWeights weights(uint32_t temperature_q16) const {
    const bool is_float = logits_.type == LogitType::kF32;
    return {is_float ? 1 : logits_.multiplier, is_float ? kFloatLogitBits : logits_.shift + fraction_bits(),
            temperature_q16};
  }

  // visit(token, difference) for those that were not cut, in their order by number, until it returns false.
  template <typename Visit>
  void visit_all(Visit visit) const {
    uint32_t ties_left = ties_;
    for (int32_t token = 0; token < logits_.count; ++token) {
      const int32_t value = value_of(token);
      if (value == kNoLogit) continue;
      const uint32_t difference = static_cast<uint32_t>(best_) - static_cast<uint32_t>(value);
      if (difference > last_ || (difference == last_ && ties_left == 0)) continue;
      if (difference == last_) --ties_left;
      if (!visit(token, difference)) return;
    }
  }

  // Cuts behind the first whose measures add up to wanted(sum of all), which is positive. measure(difference) is that
  // of each token at that distance from the best.
  template <typename Measure, typename Wanted>
  void cut(Measure measure, Wanted wanted) {
    Place place;
    while (place.bits < 32 && largest_difference_ >> place.bits != 0) ++place.bits;
    uint64_t sums[kBuckets];
    const uint64_t sum = add_up(measure, place, sums);
    place.left = wanted(sum);
    descend(sums, place);
    while (place.bits > 0) {
      add_up(measure, place, sums);
      descend(sums, place);
    }
    keep(place.prefix, measure(place.prefix), place.left);
  }

 private:
  static constexpr int32_t kBucketBits = 6;
  static constexpr int32_t kBuckets = 1 << kBucketBits;

  // Differences that begin with the same bits, among which the last that stays is.
  struct Place {
    uint32_t prefix = 0;
    int32_t bits = 0;   // below the prefix
    uint64_t left = 0;  // what measures of these are to add up to
    bool has(uint32_t difference) const { return bits >= 32 || difference >> bits == prefix; }
    int32_t next_bits() const { return bits > kBucketBits ? bits - kBucketBits : 0; }
  };

  static bool has_bit(const uint32_t* bits, int32_t token) { return (bits[token / 32] >> (token % 32) & 1) != 0; }

  uint32_t float_bits(int32_t token) const {
    uint32_t bits;
    __builtin_memcpy(&bits, static_cast<const uint8_t*>(logits_.data) + 4 * token, sizeof bits);
    return bits;
  }
  bool is_number(int32_t token) const {
    return logits_.type != LogitType::kF32 || kind_of_float_bits(float_bits(token)) != FloatKind::kOther;
  }

  int32_t value_of(int32_t token) const {
    if (allowed_ != nullptr && !has_bit(allowed_, token)) return kNoLogit;
    int64_t value = -static_cast<int64_t>(logits_.zero_point);
    switch (logits_.type) {
      case LogitType::kF32: {
        const uint32_t bits = float_bits(token);
        if (kind_of_float_bits(bits) != FloatKind::kNumber) return kNoLogit;
        value = logit_of_float_bits(bits);
        break;
      }
      case LogitType::kI8:
        value += static_cast<const int8_t*>(logits_.data)[token];
        break;
      case LogitType::kI16:
        value += static_cast<const int16_t*>(logits_.data)[token];
        break;
      case LogitType::kI32:
        value += static_cast<const int32_t*>(logits_.data)[token];
        break;
    }
    return seen_ == nullptr ? saturated_logit(value) : penalised(value, token);
  }
  int32_t fraction_bits() const {
    const bool is_narrow = logits_.type == LogitType::kI8 || logits_.type == LogitType::kI16;
    return seen_ != nullptr && is_narrow ? 8 : 0;
  }
  int32_t penalised(int64_t value, int32_t token) const {
    value = saturated_logit(value * (1 << fraction_bits()));
    if (has_bit(seen_, token)) {
      value = (value * (value > 0 ? factors_.of_positive : factors_.of_negative) + (1 << 23)) >> 24;
    }
    return saturated_logit(value);
  }

  // The measures at `place` by the bits that follow its prefix, and all of them.
  template <typename Measure>
  uint64_t add_up(Measure measure, const Place& place, uint64_t* sums) const {
    for (int32_t i = 0; i < kBuckets; ++i) sums[i] = 0;
    uint64_t sum = 0;
    const int32_t shift = place.next_bits();
    const uint32_t mask = (1U << (place.bits - shift)) - 1;
    visit_all([&](int32_t, uint32_t difference) {
      if (!place.has(difference)) return true;
      const uint64_t size = measure(difference);
      sums[difference >> shift & mask] += size;
      sum += size;
      return true;
    });
    return sum;
  }
  static void descend(const uint64_t* sums, Place& place) {
    const int32_t shift = place.next_bits();
    const uint32_t last_bucket = (1U << (place.bits - shift)) - 1;
    uint32_t bucket = 0;
    while (bucket < last_bucket && sums[bucket] < place.left) place.left -= sums[bucket++];
    place.prefix = place.prefix << (place.bits - shift) | bucket;
    place.bits = shift;
  }
  // All closer than `difference` stay, and of those at it, each of which has `size`, as many as `left` takes.
  void keep(uint32_t difference, uint64_t size, uint64_t left) {
    uint32_t count = 0;
    for (uint64_t sum = 0; sum < left && count < static_cast<uint32_t>(logits_.count); ++count) sum += size;
    ties_ = difference == last_ && ties_ < count ? ties_ : count;
    last_ = difference;
  }

  const Logits& logits_;
  const uint32_t* allowed_;
  const uint32_t* seen_;
  PenaltyFactors factors_;
  int32_t best_ = kNoLogit;
  int32_t best_token_ = 0;
  uint32_t largest_difference_ = 0;
  // What was cut: those further from the best than `last_`, and those as far but for the first `ties_` of them.
  uint32_t last_ = UINT32_MAX;
  uint32_t ties_ = UINT32_MAX;
};

}  // namespace tmc::stream
