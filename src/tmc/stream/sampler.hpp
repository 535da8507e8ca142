// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Chooses the next token from logits, in integers alone: a seed gives the same text on every target.
//
// In this order: the repetition penalty of CTRL (arXiv:1909.05858) for the last tokens, a mask of allowed tokens, the
// temperature (0: the largest logit), top-k, top-p (nucleus sampling, arXiv:1904.09751) of what that leaves, min-p
// (arXiv:2407.01082), then a draw with weights of 30 bits and sums of 64. Tokens are ordered by logit and then by
// number, the lower first; all ties are broken so.
//
//   value   q - zero_point; with a penalty, of 8 and 16 bits, times 2^8. Penalised: value * penalty, or where it is
//           positive value / penalty, both by a factor of 2^24 and rounded half upward
//   weight  2^-(difference to the best in octaves), LogitWeights
//   top-k   the first k;  top-p: the fewest first whose sum of weights is at least p of the sum of all
//   min-p   weights of at least p times that of the best
//   draw    r = floor(64 random bits * sum / 2^64); the first token, by number, at which the sum of weights passes r
//
// Nothing is sorted: a place in the order is found by histograms of 64 buckets, six bits of the difference at a time,
// at most 6 passes over the logits for each of top-k and top-p. Memory: 512 bytes of stack beside a hundred or so, and
// of the caller's 4 bytes for every token; with a penalty a bit for every token and 2 bytes for every penalised one.
// Freestanding.

#include "tmc/stream/bytes.hpp"
#include "tmc/stream/candidates.hpp"
#include "tmc/stream/random.hpp"
#include "tmc/stream/stream_error.hpp"

namespace tmc::stream {

inline constexpr uint32_t kOneQ16 = 1U << 16;

// Fractions in units of 2^-16.
struct SamplerOptions {
  uint32_t temperature = 0;    // at most 2^31; 0 takes the largest logit
  int32_t top_k = 0;           // 0: all
  uint32_t top_p = kOneQ16;    // in [0, 1]; at least one token stays
  uint32_t min_p = 0;          // in [0, 1]
  uint32_t penalty = kOneQ16;  // in [1/16, 16]; 1: none
  int32_t penalty_tokens = 0;  // the last so many are penalised, at most 65,535
};

struct SamplerMemory {
  uint32_t* words = nullptr;  // scratch, as many as there are logits
  int32_t word_count = 0;
  uint32_t* seen = nullptr;  // (tokens + 31) / 32 words, where there is a penalty
  int32_t seen_words = 0;
  uint16_t* recent = nullptr;  // penalty_tokens
  int32_t recent_tokens = 0;
};

class Sampler {
 public:
  static constexpr int32_t kMostTokens = 65'535;
  static constexpr int32_t kSavedHeaderBytes = 32;
  static constexpr uint32_t kSavedVersion = 1;

  constexpr Sampler(const SamplerOptions& options, const SamplerMemory& memory) : options_(options), memory_(memory) {}

  StreamError check() const {
    const bool fits = options_.temperature <= 1U << 31 && options_.top_k >= 0 && options_.top_p <= kOneQ16 &&
                      options_.min_p <= kOneQ16 && options_.penalty >= kOneQ16 / 16 &&
                      options_.penalty <= kOneQ16 * 16 && options_.penalty_tokens >= 0 &&
                      options_.penalty_tokens <= kMostTokens && options_.penalty_tokens <= memory_.recent_tokens;
    return fits ? StreamError::kOk : StreamError::kBadOptions;
  }

  void seed(uint64_t seed, uint64_t stream = 0) { random_ = Pcg32::of(seed, stream); }
  const Pcg32& random() const { return random_; }

  // Tells of a token of the text, of the prompt or chosen, that the penalty is to count.
  void accept(int32_t token) {
    if (!penalises() || token < 0 || token >= kMostTokens) return;
    memory_.recent[next_] = static_cast<uint16_t>(token);
    next_ = next_ + 1 == options_.penalty_tokens ? 0 : next_ + 1;
    if (recent_ < options_.penalty_tokens) ++recent_;
  }
  // Forgets the tokens, not the state of the generator.
  void reset() { recent_ = next_ = 0; }

  // The next token. `allowed`, where it is not null, has a bit for every token that may be chosen, 32 a word. Takes two
  // numbers of the generator where there is a temperature, none else, and none where it fails: kBadOptions,
  // kNotANumber, kNoCandidate; `token` is as it was then.
  StreamError sample(const Logits& logits, const uint32_t* allowed, int32_t& token) {
    if (check() != StreamError::kOk || !has_right_form(logits)) return StreamError::kBadOptions;
    const bool has_room =
        logits.count <= memory_.word_count && (!penalises() || (logits.count + 31) / 32 <= memory_.seen_words);
    if (!has_room) return StreamError::kBadOptions;
    const bool is_narrow = logits.type == LogitType::kI8 || logits.type == LogitType::kI16;
    const int32_t fraction_bits = penalises() && is_narrow ? 8 : 0;
    Candidates candidates(memory_.words, logits.count);
    StreamError error = candidates.load(logits, fraction_bits);
    if (error != StreamError::kOk) return error;
    if (penalises()) {
      mark_seen(logits.count);
      candidates.penalise(memory_.seen, factors());
    }
    if (allowed != nullptr) candidates.keep_allowed(allowed);
    error = candidates.find_best();
    if (error != StreamError::kOk) return error;
    token = candidates.best_token();
    if (options_.temperature == 0) return StreamError::kOk;
    const LogitWeights weights =
        logits.type == LogitType::kF32
            ? LogitWeights(1, kFloatLogitBits, options_.temperature)
            : LogitWeights(logits.multiplier, logits.shift + fraction_bits, options_.temperature);
    token = draw(candidates, weights, logits.count);
    return StreamError::kOk;
  }

  // Bytes of a saved state: "tmsp", version, tokens of the penalty, generator, those that are there (the oldest first),
  // CRC-32. Options are not part of it.
  int32_t saved_bytes() const { return kSavedHeaderBytes + 2 * options_.penalty_tokens; }
  void save(uint8_t* bytes) const {
    put_u32(bytes, kMagic);
    put_u16(bytes + 4, kSavedVersion);
    put_u16(bytes + 6, static_cast<uint32_t>(options_.penalty_tokens));
    put_u64(bytes + 8, random_.state);
    put_u64(bytes + 16, random_.increment);
    put_u32(bytes + 24, static_cast<uint32_t>(recent_));
    for (int32_t i = 0; i < options_.penalty_tokens; ++i) {
      put_u16(bytes + 28 + 2 * i, i < recent_ ? memory_.recent[recent_at(i)] : 0U);
    }
    const int32_t end = saved_bytes() - 4;
    put_u32(bytes + end, crc32(bytes, static_cast<uint32_t>(end)));
  }
  // kBadBytes, kOtherSpec for another number of penalised tokens; nothing changes then.
  StreamError restore(const uint8_t* bytes, int32_t count) {
    if (check() != StreamError::kOk) return StreamError::kBadOptions;
    if (count < kSavedHeaderBytes || get_u32(bytes) != kMagic || get_u16(bytes + 4) != kSavedVersion ||
        get_u32(bytes + count - 4) != crc32(bytes, static_cast<uint32_t>(count) - 4)) {
      return StreamError::kBadBytes;
    }
    if (get_u16(bytes + 6) != static_cast<uint32_t>(options_.penalty_tokens)) return StreamError::kOtherSpec;
    const uint32_t recent = get_u32(bytes + 24);
    const bool is_odd = (bytes[16] & 1) != 0;
    if (count != saved_bytes() || recent > static_cast<uint32_t>(options_.penalty_tokens) || !is_odd) {
      return StreamError::kBadBytes;
    }
    random_.state = get_u64(bytes + 8);
    random_.increment = get_u64(bytes + 16);
    reset();
    recent_ = static_cast<int32_t>(recent);
    next_ = recent_ == options_.penalty_tokens ? 0 : recent_;
    for (int32_t i = 0; i < recent_; ++i) memory_.recent[i] = static_cast<uint16_t>(get_u16(bytes + 28 + 2 * i));
    return StreamError::kOk;
  }

 private:
  static constexpr uint32_t kMagic = 0x70736D74;  // "tmsp"

  static bool has_right_form(const Logits& logits) {
    const bool scale_fits =
        logits.multiplier >= 1 && logits.multiplier < 1U << 31 && logits.shift >= -31 && logits.shift <= 62;
    return logits.count >= 1 && logits.count <= kMostTokens && (logits.type == LogitType::kF32 || scale_fits);
  }
  bool penalises() const { return options_.penalty != kOneQ16 && options_.penalty_tokens > 0; }
  // Where the i-th token lies, the oldest first.
  int32_t recent_at(int32_t i) const {
    const int32_t at = recent_ == options_.penalty_tokens ? next_ + i : i;
    return at < options_.penalty_tokens ? at : at - options_.penalty_tokens;
  }
  PenaltyFactors factors() const {
    return {static_cast<int64_t>(divide(uint64_t{1} << 40, options_.penalty).quotient),
            static_cast<int64_t>(options_.penalty) << 8};
  }
  void mark_seen(int32_t tokens) {
    for (int32_t word = 0; word < (tokens + 31) / 32; ++word) memory_.seen[word] = 0;
    for (int32_t i = 0; i < recent_; ++i) {
      const int32_t token = memory_.recent[i];
      if (token < tokens) memory_.seen[token / 32] |= 1U << (token % 32);
    }
  }

  int32_t draw(Candidates& candidates, const LogitWeights& weights, int32_t tokens) {
    candidates.make_differences();
    if (options_.top_k > 0 && options_.top_k < tokens) {
      candidates.cut([](uint32_t) { return uint64_t{1}; },
                     [&](uint64_t) { return static_cast<uint64_t>(options_.top_k); });
    }
    if (options_.top_p < kOneQ16) {
      candidates.cut([&](uint32_t difference) { return static_cast<uint64_t>(weights.weight(difference)); },
                     [&](uint64_t sum) {
                       const uint64_t wanted = (sum * options_.top_p + kOneQ16 - 1) >> 16;
                       return wanted == 0 ? 1 : wanted;
                     });
    }
    const uint64_t sum = candidates.make_weights(weights, options_.min_p << 14);
    return candidates.token_at(multiply_high(random_.next_64(), sum));
  }

  SamplerOptions options_;
  SamplerMemory memory_;
  Pcg32 random_;
  int32_t recent_ = 0;  // tokens in memory_.recent
  int32_t next_ = 0;    // where the next one goes
};

}  // namespace tmc::stream
