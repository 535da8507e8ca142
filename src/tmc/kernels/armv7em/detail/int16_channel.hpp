// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bias and rescaling of one output channel over int16 activations, in two forms.
//
// ShortChannel, where `pack` proves that sums have 32 bits: with the multiplier R of 15 bits and a right shift by e
// from 16 to 32,
//
//   (sum * R + 2^(e - 1)) >> e = (sum * (R * 2^(32 - e)) + 2^31) >> 32 = smmulr(sum, R * 2^(32 - e)),
//
// one instruction. SteepChannel, with an e from 1 on, is for sums of 32 bits, too: R * 2^(32 - e) = whole * 2^32 +
// factor takes two. LongChannel takes any sums and shifts, in 64 bits.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/channel.hpp"

namespace tmc::kernels::armv7em {

struct ShortChannel {
  int32_t bias;
  int32_t factor;  // R * 2^(32 - e)
};

struct SteepChannel {
  int32_t bias;
  int32_t whole, factor;
};

using LongChannel = kernels::Channel;

// What lies outside the range of an activation that is narrower than int16 goes to its ends.
inline int16_t within(int32_t value, int32_t low, int32_t high) {
  // Constant bounds leave no comparison that nothing needs.
  if (low > INT16_MIN && value < low) value = low;
  if (high < INT16_MAX && value > high) value = high;
  return static_cast<int16_t>(value);
}

inline int16_t rescale(int32_t sum, const ShortChannel& channel, int32_t low, int32_t high) {
  return within(saturate_s16(smmulr(sum, channel.factor)), low, high);
}
inline int16_t rescale(int32_t sum, const SteepChannel& channel, int32_t low, int32_t high) {
  const int32_t wholes = wrapping_multiply_add(sum, channel.whole, 0);
  return within(saturate_s16(smmlar(sum, channel.factor, wholes)), low, high);
}
inline int16_t rescale(int64_t sum, const LongChannel& channel, int32_t low, int32_t high) {
  return kernels::requantize(sum, channel, 0, low, high);
}

}  // namespace tmc::kernels::armv7em
