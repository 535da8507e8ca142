// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as pairs of channel pairs; inputs padded with zeros to multiples of eight, outputs of four. The four channels
// of a block round equally often, which the inner loop asks the first of them.

#include "tmc/kernels/armv7em/fully_connected_s8.hpp"
#include "tmc/kernels/armv7em/pack/pairs.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::FullyConnectedS8>, const FullyConnectedS8::Params& p,
                  std::span<const ConstantView> views) {
  constexpr size_t kBlock = armv7em::FullyConnectedS8::kChannels;
  ChannelConstants constants(views);
  auto channels = armv7em::prove_channels(constants, p.input_zero_point, armv7em::output_range(p));
  if (!channels) return std::nullopt;

  std::vector<std::vector<int8_t>> rows;
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    const auto weights = constants.weights_of(channel);
    rows.emplace_back(weights.begin(), weights.end()).resize((weights.size() + 7) / 8 * 8);
  }
  while (rows.size() % kBlock != 0) {
    rows.emplace_back(rows.front().size());
    channels->push_back(channels->back());
  }
  for (size_t first = 0; first < channels->size(); first += kBlock) {
    const auto unlike_first = [&](const armv7em::Channel& channel) {
      return channel.rounds_once() != (*channels)[first].rounds_once();
    };
    if (std::ranges::any_of(std::span(*channels).subspan(first, kBlock), unlike_first)) return std::nullopt;
  }
  const auto packed = armv7em::pack_pairs(rows, kBlock);
  if (!packed) return std::nullopt;
  return {{make_blob(DType::kI8, *packed), armv7em::channels_blob(*channels)}};
}

}  // namespace tmc::kernels
