// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bias and requantisation of one output channel in eight bytes, and the requantisation in three instructions. Without a
// shift and with a Q31 multiplier m below 2^30 there is one rounding, and the first instruction leaves the sum alone:
//
//   high   = smmlar(sum, 0, sum) = sum; scaled = smmlar(sum, 2m, zero_point) = zero_point + floor((sum * m) / 2^31 +
//   1/2)
//
// exactly. With the Q31 multiplier M in [2^30, 2^31) and a right shift by e:
//
//   high   = smmlar(sum, 2M - 2^32, sum) = floor((sum * 2M + 2^31) / 2^32), the saturating rounding doubling high
//   product; scaled = smmlar(high, 2^(32 - e) + 1, zero_point) = zero_point + floor(high / 2^e + high / 2^32 + 1/2):
//   the second
//            term takes ties of negative values away from zero and must move nothing else.
//
// That holds where |high| < 2^(32 - e). Beyond, for e <= 12, the result is past 2^8 and saturates either way, so e from
// 2 to 12 is exact for every sum; larger e is exact where |sum| < 2^(32 - e), which `pack` proves from the weights.
// Elsewhere `pack` looks for a multiplier and a bias that are exact on the sums that the weights allow. 2M - 2^32 is
// negative and 2m is not, so the word that holds one or the other also tells which.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

struct Requantization {
  int32_t doubled_multiplier;  // 2M - 2^32, or 0
  int32_t factor;              // 2^(32 - e) + 1, or 2m
};
// Of channels that round once, without the instruction that leaves their sums alone.
struct OneRounding {
  int32_t factor;  // 2m
};

// Of a contract's multiplier and shift. Its two roundings are exact as far as the implementation that asks knows its
// sums.
constexpr bool rounds_once(int32_t multiplier, int32_t shift) {
  return shift == 0 && multiplier >= 0 && multiplier < 1 << 30;
}
constexpr bool has_short_form(int32_t multiplier, int32_t shift, int32_t most_shift) {
  return rounds_once(multiplier, shift) || (multiplier >= 1 << 30 && shift <= -2 && shift >= -most_shift);
}
constexpr Requantization short_form(int32_t multiplier, int32_t shift) {
  const auto doubled = static_cast<int32_t>(2 * static_cast<uint32_t>(multiplier));
  if (rounds_once(multiplier, shift)) return {0, doubled};
  return {doubled, static_cast<int32_t>((uint32_t{1} << (32 + shift)) + 1)};
}

struct Channel {
  using Form = Requantization;

  int32_t bias_and_shift;      // bias * 256 + widening * 32 + 32 - e; 0 in place of 32 - e where there is no shift
  int32_t doubled_multiplier;  // 2M - 2^32 or 2m

  constexpr int32_t bias() const { return bias_and_shift >> 8; }
  // The weights are to be multiplied by 2^widening; not zero only for implementations that offer it to `pack`.
  constexpr int32_t widening() const { return bias_and_shift >> 5 & 7; }
  constexpr bool rounds_once() const { return doubled_multiplier >= 0; }
  // Without branches: implementations unpack many channels.
  constexpr Requantization requantization() const {
    const auto shifted = static_cast<int32_t>((uint32_t{1} << (bias_and_shift & 0x1F)) + 1);
    const int32_t if_two_roundings = doubled_multiplier >> 31;
    return {doubled_multiplier & if_two_roundings,
            doubled_multiplier ^ ((doubled_multiplier ^ shifted) & if_two_roundings)};
  }
};

// The same bytes, of a layer all of whose channels round once.
struct OnceChannel : Channel {
  using Form = OneRounding;

  constexpr OneRounding requantization() const { return {doubled_multiplier}; }
};

// The value of an int8, in 32 bits.
inline int32_t requantized(int32_t sum, const Requantization& channel, int32_t zero_point) {
  const int32_t high = smmlar(sum, channel.doubled_multiplier, sum);
  return saturate_s8(smmlar(high, channel.factor, zero_point));
}
inline int32_t requantized(int32_t sum, const OneRounding& channel, int32_t zero_point) {
  return saturate_s8(smmlar(sum, channel.factor, zero_point));
}
template <typename Form>
int8_t requantize(int32_t sum, const Form& channel, int32_t zero_point) {
  return static_cast<int8_t>(requantized(sum, channel, zero_point));
}

}  // namespace tmc::kernels::armv7em
