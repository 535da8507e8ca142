// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/nibble_tile.hpp. An odd last channel makes a pair with itself.

#include "tmc/kernels/armv7em/conv2d_s4.hpp"
#include "tmc/kernels/armv7em/host/detail/channels.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/host/four_bit_groups.hpp"

namespace tmc::kernels::armv7em {

// nullopt where weights are of another form, or a byte cannot hold a pair: 16 * -8 + w0 with a negative w0.
inline std::optional<Blob> nibble_weights(const kernels::Conv2dS4::Params& p, const ChannelConstants& constants) {
  const auto inputs = static_cast<size_t>(kernels::Conv2dS4::inputs(p));
  const auto groups = static_cast<size_t>(kernels::Conv2dS4::groups(p));
  const auto split = split_four_bit_groups(constants.weights, inputs, static_cast<size_t>(p.group_inputs));
  if (!split) return std::nullopt;
  const auto last = constants.channels() - 1;
  std::vector<uint8_t> packed, multipliers;
  for (size_t channel = 0; channel <= last; channel += 2) {
    const size_t other = std::min(channel + 1, last);
    for (size_t i = 0; i < inputs; ++i) {
      const int byte = 16 * split->integers[other * inputs + i] + split->integers[channel * inputs + i];
      if (byte < INT8_MIN) return std::nullopt;
      packed.push_back(static_cast<uint8_t>(byte));
    }
    packed.resize((packed.size() + 3) / 4 * 4);
    for (size_t group = 0; group < groups; ++group) {
      const int low = split->multipliers[channel * groups + group] - 1;
      const int high = split->multipliers[other * groups + group] - 1;
      multipliers.push_back(static_cast<uint8_t>(low | high << 4));
    }
  }
  packed.insert(packed.end(), multipliers.begin(), multipliers.end());
  return make_blob(DType::kI8, packed);
}

// nullopt also where a sum or requantisation is not proven.
inline Blobs pack_nibbles(const kernels::Conv2dS4::Params& p, Constants views) {
  ChannelConstants constants(views);
  auto channels = prove_channels(constants, p.input_zero_point, output_range(p));
  auto weights = nibble_weights(p, constants);
  if (!channels || !weights) return std::nullopt;
  if (channels->size() % 2 != 0) channels->push_back(channels->back());
  return {{std::move(*weights), channels_blob(*channels)}};
}

// The same in the long form, whose sums without their biases have 24 bits.
inline Blobs pack_long_nibbles(const kernels::Conv2dS4::Params& p, Constants views) {
  ChannelConstants constants(views);
  auto weights = nibble_weights(p, constants);
  auto channels = long_channels(constants, p.input_zero_point);
  if (!channels || !weights) return std::nullopt;
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    int64_t most = 0;
    for (const int8_t weight : constants.weights_of(channel)) most += int64_t{128} * std::abs(weight);
    if (most >= 1 << 23) return std::nullopt;
  }
  if (channels->size() % 2 != 0) channels->push_back(channels->back());
  return {{std::move(*weights), make_blob(DType::kI32, long_pairs(*channels))}};
}

}  // namespace tmc::kernels::armv7em
