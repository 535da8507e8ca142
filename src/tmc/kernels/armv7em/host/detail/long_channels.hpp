// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bias and requantisation of detail/long_channel.hpp. The input's zero point is folded into the bias, because padding
// is filled with it.

#include "tmc/kernels/armv7em/detail/long_tile.hpp"
#include "tmc/kernels/host/channel_constants.hpp"

namespace tmc::kernels::armv7em {

// nullopt where a sum that is shifted left takes more than 32 bits, and for multipliers that no importer makes:
// negative ones, and those below 2^30 with a right shift.
std::optional<std::vector<LongFormChannel>> long_channels(ChannelConstants& constants, int32_t input_zero_point);

// Of an even number.
inline std::vector<LongPair> long_pairs(const std::vector<LongFormChannel>& channels) {
  std::vector<LongPair> pairs;
  for (size_t i = 0; i < channels.size(); i += 2) pairs.push_back({channels[i + 1], channels[i]});
  return pairs;
}

}  // namespace tmc::kernels::armv7em
