// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bias and requantisation of one output channel, as the portable implementations read them.

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels {

struct Channel {
  int32_t bias;
  int32_t multiplier;
  int32_t shift;
};

// Adding the zero point wraps, which only absurd multipliers can reach.
constexpr int8_t requantize(int32_t accumulator, const Channel& channel, int32_t zero_point, int32_t low,
                            int32_t high) {
  const int32_t scaled = multiply_by_quantized_multiplier(accumulator, channel.multiplier, channel.shift);
  const auto shifted = static_cast<int32_t>(static_cast<uint32_t>(scaled) + static_cast<uint32_t>(zero_point));
  return static_cast<int8_t>(clamp(shifted, low, high));
}

// Of int16 activations, which have no zero point.
constexpr int16_t requantize(int64_t accumulator, const Channel& channel, int32_t /*zero_point*/, int32_t low,
                             int32_t high) {
  return static_cast<int16_t>(
      clamp(multiply_by_reduced_multiplier(accumulator, channel.multiplier, channel.shift), low, high));
}

}  // namespace tmc::kernels
