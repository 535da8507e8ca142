// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Finds a channel in the short form of detail/channel.hpp that gives what the contract's requantisation gives, for
// every sum that a layer's weights allow. Both are functions of the sum that never fall, so they are equal where they
// step from one int8 value to the next at the same sums; and for a given multiplier the biases that make them do so are
// an interval.

#include <cstdint>
#include <optional>

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

// What becomes of a scaled sum: + zero_point, clamped to [low, high].
struct OutputRange {
  int32_t zero_point, low, high;
};

struct SumRange {
  int64_t low, high;
};

// The contract's requantisation. Never falls where shift <= 0; a left shift may wrap.
struct Wanted {
  int32_t multiplier, shift;
  OutputRange output;

  int32_t operator()(int64_t sum) const;
};

// A channel of detail/channel.hpp, by bias (of the channel's sums, that is 2^widening times the contract's), right
// shift e and multiplier; e is 0 where m is below 2^30. nullopt where the bias or a sum takes more than 24 bits, or e
// or M has no place.
std::optional<Channel> encode_channel(int64_t bias, SumRange sums, int32_t multiplier, int32_t right, int32_t widening);

// A channel that gives `value` for the sum zero plus its bias, and rounds as often as `wanted`.
Channel constant_channel(int32_t value, const Wanted& wanted);

// `bias` is the contract's, in which `sums` are. The implementation multiplies weights by 2^widening, up to
// `max_widening`, where the channel says so. nullopt where none was found.
std::optional<Channel> find_equal_channel(int64_t bias, SumRange sums, const Wanted& wanted, int32_t max_widening);

}  // namespace tmc::kernels::armv7em
