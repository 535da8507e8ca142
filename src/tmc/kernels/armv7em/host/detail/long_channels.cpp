// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"

#include <algorithm>

namespace tmc::kernels::armv7em {
namespace {

// A bound on a sum as the contract takes it, modulo 2^32.
int64_t greatest_magnitude(int64_t bias, std::span<const int8_t> weights) {
  int64_t bound = std::abs(bias);
  for (const int8_t weight : weights) bound += int64_t{128} * std::abs(weight);
  return std::min<int64_t>(bound, int64_t{1} << 31);
}

}  // namespace

std::optional<std::vector<LongFormChannel>> long_channels(ChannelConstants& constants, int32_t input_zero_point) {
  constants.fold_into_bias(input_zero_point);
  std::vector<LongFormChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const int32_t multiplier = constants.multiplier[i];
    const int32_t shift = constants.shift[i];
    const int32_t bias = constants.bias[i];
    if (!has_long_form(multiplier, shift, greatest_magnitude(bias, constants.weights_of(i)))) return std::nullopt;
    channels.push_back({bias, long_form(multiplier, shift)});
  }
  return channels;
}

}  // namespace tmc::kernels::armv7em
