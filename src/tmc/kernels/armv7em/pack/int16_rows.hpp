// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/int16_rows.hpp, and the proof that detail/int16_channel.hpp asks for.

#include "tmc/kernels/armv7em/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/pack/single_rows.hpp"

namespace tmc::kernels::armv7em {

// nullopt where a sum may have more than 32 bits or the shift is no single product.
inline std::optional<ShortChannel> prove_short_channel(int32_t bias, std::span<const int8_t> weights,
                                                       const FixedMultiplier& multiplier) {
  const int32_t reduced = reduced_multiplier(multiplier.multiplier);
  if (reduced == 0) return ShortChannel{bias, 0};
  const int32_t right = 15 - multiplier.shift;
  if (right < 16 || right > 32) return std::nullopt;
  int64_t low = bias;
  int64_t high = bias;
  for (const int64_t weight : weights) {
    low += std::min(weight * INT16_MAX, weight * INT16_MIN);
    high += std::max(weight * INT16_MAX, weight * INT16_MIN);
  }
  if (low < INT32_MIN || high > INT32_MAX) return std::nullopt;
  return ShortChannel{bias, reduced << (32 - right)};
}

// nullopt where a channel has no short form.
inline std::optional<std::vector<ShortChannel>> prove_short_channels(ChannelConstants& constants) {
  std::vector<ShortChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const auto channel =
        prove_short_channel(constants.bias[i], constants.weights_of(i), {constants.multiplier[i], constants.shift[i]});
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }
  return channels;
}

inline Blobs pack_int16_rows(std::span<const ConstantView> views, size_t groups) {
  ChannelConstants constants(views);
  const auto channels = prove_short_channels(constants);
  if (!channels) return std::nullopt;
  return single_rows(constants, *channels, groups, kLaneOrder);
}

inline Blobs pack_wide_int16_rows(std::span<const ConstantView> views, size_t groups) {
  ChannelConstants constants(views);
  std::vector<LongChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    channels.push_back({constants.bias[i], constants.multiplier[i], constants.shift[i]});
  }
  return single_rows(constants, channels, groups, kLaneOrder);
}

}  // namespace tmc::kernels::armv7em
