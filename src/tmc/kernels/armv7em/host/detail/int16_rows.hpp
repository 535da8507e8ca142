// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/int16_rows.hpp, and the proof that detail/int16_channel.hpp asks for.

#include "tmc/kernels/armv7em/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/single_rows.hpp"

namespace tmc::kernels::armv7em {

// nullopt where a sum may have more than 32 bits or the shift is no single product.
// Whether no sum, of any input, leaves 32 bits.
inline bool sums_have_32_bits(int64_t bias, std::span<const int8_t> weights) {
  int64_t low = bias;
  int64_t high = bias;
  for (const int64_t weight : weights) {
    low += std::min(weight * INT16_MAX, weight * INT16_MIN);
    high += std::max(weight * INT16_MAX, weight * INT16_MIN);
  }
  return low >= INT32_MIN && high <= INT32_MAX;
}

// The channel's form for a multiplier R that is not zero and a right shift by e; nullopt where it has none.
inline std::optional<ShortChannel> form_of(int32_t bias, int32_t reduced, int32_t right, Tag<ShortChannel>) {
  if (right < 16 || right > 32) return std::nullopt;
  return ShortChannel{bias, reduced << (32 - right)};
}
inline std::optional<SteepChannel> form_of(int32_t bias, int32_t reduced, int32_t right, Tag<SteepChannel>) {
  if (right < 1 || right > 32) return std::nullopt;
  const int64_t product = int64_t{reduced} << (32 - right);
  const auto factor = static_cast<int32_t>(static_cast<uint32_t>(product));
  return SteepChannel{bias, static_cast<int32_t>((product - factor) >> 32), factor};
}

// nullopt where a sum may leave 32 bits or a channel has no such form.
template <typename AnyChannel = ShortChannel>
std::optional<std::vector<AnyChannel>> prove_short_channels(ChannelConstants& constants) {
  std::vector<AnyChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const int32_t bias = constants.bias[i];
    const int32_t reduced = reduced_multiplier(constants.multiplier[i]);
    if (reduced == 0) {
      channels.emplace_back().bias = bias;
      continue;
    }
    const auto channel = form_of(bias, reduced, 15 - constants.shift[i], Tag<AnyChannel>{});
    if (!channel || !sums_have_32_bits(bias, constants.weights_of(i))) return std::nullopt;
    channels.push_back(*channel);
  }
  return channels;
}

inline Blobs pack_int16_rows(Constants views, size_t groups) {
  ChannelConstants constants(views);
  const auto channels = prove_short_channels(constants);
  if (!channels) return std::nullopt;
  return single_rows(constants, *channels, groups, kLaneOrder);
}

inline Blobs pack_wide_int16_rows(Constants views, size_t groups) {
  ChannelConstants constants(views);
  std::vector<LongChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    channels.push_back({constants.bias[i], constants.multiplier[i], constants.shift[i]});
  }
  return single_rows(constants, channels, groups, kLaneOrder);
}

}  // namespace tmc::kernels::armv7em
