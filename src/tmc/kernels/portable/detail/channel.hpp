// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bias and requantisation of one output channel, as the portable bodies read them.

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels::portable {

struct Channel {
  int32_t bias;
  int32_t multiplier;
  int32_t shift;
};

constexpr int8_t requantize(int32_t accumulator, const Channel& channel, int32_t zero_point, int32_t low,
                            int32_t high) {
  const int32_t scaled = multiply_by_quantized_multiplier(accumulator, channel.multiplier, channel.shift);
  return static_cast<int8_t>(clamp(scaled + zero_point, low, high));
}

}  // namespace tmc::kernels::portable
