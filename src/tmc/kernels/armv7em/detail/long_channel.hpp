// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Requantisation of any channel in five instructions, for what the three of detail/channel.hpp are not exact on: every
// sum of 32 bits, every right shift, multipliers of 1 and more.
//
//   high   = smmlar(sum, 2M - 2^32, sum), the first rounding, or the sum itself where there is one rounding only
//   turned = smmla(high, 1, high) = high - 1 where high is negative: ties away from zero become ties upward
//   scaled = smmlar(turned, factor, turned * whole + zero_point), saturated to an int8
//
// With the Q31 multiplier M in [2^30, 2^31) and a right shift by e, `whole` is 0 and `factor` 2^(32 - e); for e = 1,
// whose factor would take 33 bits, they are 1 and -2^31, one less a half. With a left shift by L and any M there is one
// rounding: M * 2^(L + 1) = whole * 2^32 + factor, and the loops skip the first two. All wraps as the contract's
// arithmetic does, but for the left shift of a sum, which `pack` proves not to.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct LongRequantization {
  int32_t doubled_multiplier;  // 2M - 2^32, which is negative, or 0 for one rounding
  int32_t whole, factor;
};

#if TMC_ARMV7EM_ASSEMBLY
static_assert(offsetof(LongRequantization, doubled_multiplier) == 0 && offsetof(LongRequantization, whole) == 4 &&
              offsetof(LongRequantization, factor) == 8);
#endif

// Of a contract's multiplier and shift, and sums of this magnitude. Nothing importers make is left out, but for left
// shifts of sums that would take more than 32 bits.
constexpr bool has_long_form(int32_t multiplier, int32_t shift, int64_t magnitude) {
  if (multiplier < 0) return false;
  if (shift < 0 && multiplier != 0) return multiplier >= 1 << 30 && shift >= -31;
  return shift <= 30 && (shift <= 0 || magnitude <= INT32_MAX >> shift);
}
constexpr LongRequantization long_form(int32_t multiplier, int32_t shift) {
  if (shift < 0 && multiplier != 0) {
    const auto doubled = static_cast<int32_t>(2 * static_cast<uint32_t>(multiplier));
    if (shift == -1) return {doubled, 1, INT32_MIN};
    return {doubled, 0, static_cast<int32_t>(uint32_t{1} << (32 + shift))};
  }
  const int64_t product = int64_t{multiplier} << ((shift > 0 ? shift : 0) + 1);
  const auto factor = static_cast<int32_t>(static_cast<uint32_t>(product));
  return {0, static_cast<int32_t>((product - factor) >> 32), factor};
}

struct LongFormChannel {
  using Form = LongRequantization;

  int32_t bias_word;
  LongRequantization form;

  constexpr int32_t bias() const { return bias_word; }
  constexpr int32_t widening() const { return 0; }  // as of detail/channel.hpp
  constexpr const LongRequantization& requantization() const { return form; }
};

// The value of an int8, in 32 bits.
inline int32_t requantized(int32_t sum, const LongRequantization& channel, int32_t zero_point) {
  const int32_t high = smmlar(sum, channel.doubled_multiplier, sum);
  const auto two_roundings = static_cast<int32_t>(static_cast<uint32_t>(channel.doubled_multiplier) >> 31);
  const int32_t turned = smmla(high, two_roundings, high);
  return saturate_s8(smmlar(turned, channel.factor, wrapping_multiply_add(turned, channel.whole, zero_point)));
}
inline int8_t requantize(int32_t sum, const LongRequantization& channel, int32_t zero_point) {
  return static_cast<int8_t>(requantized(sum, channel, zero_point));
}

// A loop that runs over a window adds up for two channels at once (detail/long_tile.hpp), the second's sum to 24 bits:
// no more than this many inputs of any value and weight.
inline constexpr int32_t kMostPartInputs = 504;

// Of `units` of so many inputs each: in how many equal parts they are taken, and the units of one, the last of which
// may have some too many.
constexpr int32_t parts_of(int32_t units, int32_t inputs_of_one) {
  const int32_t most = kMostPartInputs / inputs_of_one;
  return (units + most - 1) / most;
}
constexpr int32_t units_of_part(int32_t units, int32_t inputs_of_one) {
  const int32_t parts = parts_of(units, inputs_of_one);
  return (units + parts - 1) / parts;
}

}  // namespace tmc::kernels::armv7em
