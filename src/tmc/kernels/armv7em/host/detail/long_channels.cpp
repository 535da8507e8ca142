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

std::optional<LongFormChannel> shifted_right(int32_t bias, int32_t multiplier, int32_t right) {
  if (multiplier < 1 << 30 || right > 31) return std::nullopt;
  const auto doubled = static_cast<int32_t>(2 * static_cast<uint32_t>(multiplier));
  if (right == 1) return LongFormChannel{bias, {doubled, 1, INT32_MIN}};
  return LongFormChannel{bias, {doubled, 0, static_cast<int32_t>(uint32_t{1} << (32 - right))}};
}

std::optional<LongFormChannel> shifted_left(int32_t bias, int32_t multiplier, int32_t left, int64_t magnitude) {
  if (left > 30 || (left > 0 && magnitude > INT32_MAX >> left)) return std::nullopt;
  const int64_t product = int64_t{multiplier} << (left + 1);
  const auto factor = static_cast<int32_t>(static_cast<uint32_t>(product));
  const int64_t whole = (product - factor) >> 32;
  return LongFormChannel{bias, {0, static_cast<int32_t>(whole), factor}};
}

}  // namespace

std::optional<std::vector<LongFormChannel>> long_channels(ChannelConstants& constants, int32_t input_zero_point) {
  constants.fold_into_bias(input_zero_point);
  std::vector<LongFormChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const int32_t multiplier = constants.multiplier[i];
    const int32_t shift = constants.shift[i];
    if (multiplier < 0) return std::nullopt;
    const int32_t bias = constants.bias[i];
    const int64_t magnitude = greatest_magnitude(bias, constants.weights_of(i));
    const auto channel = shift < 0 && multiplier != 0
                             ? shifted_right(bias, multiplier, -shift)
                             : shifted_left(bias, multiplier, std::max<int32_t>(shift, 0), magnitude);
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }
  return channels;
}

}  // namespace tmc::kernels::armv7em
