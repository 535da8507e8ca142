// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/pack/channels.hpp"

#include <algorithm>

namespace tmc::kernels::armv7em {
namespace {

constexpr int64_t kSumLimit = int64_t{1} << 23;

struct Range {
  int64_t low, high;

  int64_t magnitude() const { return std::max(-low, high); }
};

Range sum_range(int64_t bias, std::span<const int8_t> weights) {
  Range range{bias, bias};
  for (const int64_t weight : weights) {
    range.low += std::min(weight * 127, weight * -128);
    range.high += std::max(weight * 127, weight * -128);
  }
  return range;
}

std::optional<Channel> prove_channel(int64_t bias, Range sums, int32_t multiplier, int32_t shift) {
  const int32_t right = -shift;
  if (multiplier < (1 << 30) || right < 2 || right > 30) return std::nullopt;
  if (right > 12 && sums.magnitude() >= int64_t{1} << (32 - right)) return std::nullopt;
  if (sums.magnitude() >= kSumLimit || bias < -kSumLimit || bias >= kSumLimit) return std::nullopt;
  return Channel{static_cast<int32_t>(bias * 256 + 32 - right), static_cast<int32_t>(2 * uint32_t(multiplier))};
}

}  // namespace

std::optional<std::vector<Channel>> prove_channels(ChannelConstants& constants, int32_t input_zero_point) {
  std::vector<Channel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const std::span<int8_t> weights = constants.weights_of(i);
    int64_t bias = constants.bias[i];
    if (constants.multiplier[i] == 0) {
      std::ranges::fill(weights, int8_t{0});
      channels.push_back(*prove_channel(0, {0, 0}, 1 << 30, -2));
      continue;
    }
    for (const int8_t weight : weights) bias -= int64_t{input_zero_point} * weight;
    const auto channel = prove_channel(bias, sum_range(bias, weights), constants.multiplier[i], constants.shift[i]);
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }
  return channels;
}

Blob channels_blob(const std::vector<Channel>& channels) {
  return make_blob(DType::kI32, channels);
}

}  // namespace tmc::kernels::armv7em
