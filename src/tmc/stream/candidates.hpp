// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logits among which a sampler chooses, as integers: which is the best, which are the first in the order by logit,
// and by number where these are the same, and what they are worth. sampler.hpp says what a value is. Nothing is sorted:
// a word for each token, which is the caller's, holds its value, then how far it is below the best, then its weight.
// Freestanding.

#include "tmc/stream/logits.hpp"
#include "tmc/stream/stream_error.hpp"

namespace tmc::stream {

// What a penalised value is multiplied with, in units of 2^-24.
struct PenaltyFactors {
  int64_t of_positive = 1 << 24;
  int64_t of_negative = 1 << 24;

  constexpr int32_t penalised(int32_t value) const {
    return saturated_logit((value * (value > 0 ? of_positive : of_negative) + (1 << 23)) >> 24);
  }
};

class Candidates {
 public:
  // `words` are as many as there are logits.
  Candidates(uint32_t* words, int32_t count) : words_(words), count_(count) {}

  // Comes first: the values, times 2^fraction_bits. kNotANumber.
  StreamError load(const Logits& logits, int32_t fraction_bits) {
    switch (logits.type) {
      case LogitType::kF32:
        return load_floats(static_cast<const uint8_t*>(logits.data));
      case LogitType::kI8:
        load_integers(static_cast<const int8_t*>(logits.data), logits.zero_point, fraction_bits);
        break;
      case LogitType::kI16:
        load_integers(static_cast<const int16_t*>(logits.data), logits.zero_point, fraction_bits);
        break;
      case LogitType::kI32:
        load_integers(static_cast<const int32_t*>(logits.data), logits.zero_point, fraction_bits);
        break;
    }
    return StreamError::kOk;
  }
  // `bits` has one for each token, 32 a word.
  void penalise(const uint32_t* bits, const PenaltyFactors& factors) {
    for (int32_t token = 0; token < count_; ++token) {
      if (has_bit(bits, token) && value(token) != kNoLogit) set_value(token, factors.penalised(value(token)));
    }
  }
  void keep_allowed(const uint32_t* bits) {
    for (int32_t token = 0; token < count_; ++token) {
      if (!has_bit(bits, token)) set_value(token, kNoLogit);
    }
  }

  // Of values. kNoCandidate.
  StreamError find_best() {
    int32_t best = kNoLogit;
    for (int32_t token = 0; token < count_; ++token) {
      if (value(token) <= best) continue;
      best = value(token);
      best_token_ = token;
    }
    return best == kNoLogit ? StreamError::kNoCandidate : StreamError::kOk;
  }
  int32_t best_token() const { return best_token_; }

  // Values become how far they are below the best, which has been found.
  void make_differences() {
    const auto best = words_[best_token_];
    for (int32_t token = 0; token < count_; ++token) {
      words_[token] = value(token) == kNoLogit ? kGone : best - words_[token];
    }
  }

  // Of differences: the first stay whose measures add up to wanted(sum of all), which is positive. measure(difference)
  // is that of each token at that distance from the best.
  template <typename Measure, typename Wanted>
  void cut(Measure measure, Wanted wanted) {
    const uint32_t largest = largest_difference();
    Place place;
    while (place.bits < 32 && largest >> place.bits != 0) ++place.bits;
    uint64_t sums[kBuckets];
    place.left = wanted(add_up(measure, place, sums));
    descend(sums, place);
    while (place.bits > 0) {
      add_up(measure, place, sums);
      descend(sums, place);
    }
    keep_first(place.prefix, measure(place.prefix), place.left);
  }

  // Differences become weights, 0 of those that are gone and of those below `least`. Returns their sum.
  uint64_t make_weights(const LogitWeights& weights, uint32_t least) {
    uint64_t sum = 0;
    for (int32_t token = 0; token < count_; ++token) {
      const uint32_t weight = words_[token] == kGone ? 0 : weights.weight(words_[token]);
      words_[token] = weight < least ? 0 : weight;
      sum += words_[token];
    }
    return sum;
  }
  // Of weights: the first token at which their sum passes `place`, which is below the sum of all.
  int32_t token_at(uint64_t place) const {
    int32_t token = 0;
    while (token + 1 < count_ && place >= words_[token]) place -= words_[token++];
    return token;
  }

 private:
  static constexpr uint32_t kGone = UINT32_MAX;  // a difference that there is not
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
  int32_t value(int32_t token) const { return static_cast<int32_t>(words_[token]); }
  void set_value(int32_t token, int32_t value) { words_[token] = static_cast<uint32_t>(value); }

  StreamError load_floats(const uint8_t* floats) {
    for (int32_t token = 0; token < count_; ++token) {
      uint32_t bits;
      __builtin_memcpy(&bits, floats + 4 * token, sizeof bits);
      const FloatKind kind = kind_of_float_bits(bits);
      if (kind == FloatKind::kOther) return StreamError::kNotANumber;
      set_value(token, kind == FloatKind::kNumber ? logit_of_float_bits(bits) : kNoLogit);
    }
    return StreamError::kOk;
  }
  template <typename T>
  void load_integers(const T* integers, int64_t zero_point, int32_t fraction_bits) {
    for (int32_t token = 0; token < count_; ++token) {
      set_value(token, saturated_logit((integers[token] - zero_point) * (1 << fraction_bits)));
    }
  }

  uint32_t largest_difference() const {
    uint32_t largest = 0;
    for (int32_t token = 0; token < count_; ++token) {
      if (words_[token] != kGone && words_[token] > largest) largest = words_[token];
    }
    return largest;
  }

  // The measures at `place` by the bits that follow its prefix, and all of them.
  template <typename Measure>
  uint64_t add_up(Measure measure, const Place& place, uint64_t* sums) const {
    for (int32_t i = 0; i < kBuckets; ++i) sums[i] = 0;
    uint64_t sum = 0;
    const int32_t shift = place.next_bits();
    const uint32_t mask = (1U << (place.bits - shift)) - 1;
    for (int32_t token = 0; token < count_; ++token) {
      const uint32_t difference = words_[token];
      if (difference == kGone || !place.has(difference)) continue;
      const uint64_t size = measure(difference);
      sums[difference >> shift & mask] += size;
      sum += size;
    }
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
  // All closer than `last` stay, and of those at it, each of which has `size`, as many as `left` takes.
  void keep_first(uint32_t last, uint64_t size, uint64_t left) {
    uint64_t sum = 0;
    for (int32_t token = 0; token < count_; ++token) {
      if (words_[token] < last) continue;
      const bool stays = words_[token] == last && sum < left;
      if (stays) sum += size;
      if (!stays) words_[token] = kGone;
    }
  }

  uint32_t* words_;
  int32_t count_;
  int32_t best_token_ = 0;
};

}  // namespace tmc::stream
