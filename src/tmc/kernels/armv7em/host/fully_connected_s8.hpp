// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/fully_connected_s8.hpp.

#include "tmc/kernels/armv7em/fully_connected_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as pairs of channel pairs; inputs padded with zeros to multiples of eight, outputs of four. The four channels
// of a block round equally often, which the inner loop asks the first of them.
inline Blobs pack(Of<FullyConnectedS8>, const FullyConnectedS8::Params& p, Constants views) {
  constexpr size_t kBlock = FullyConnectedS8::kChannels;
  ChannelConstants constants(views);
  auto channels = prove_channels(constants, p.input_zero_point, output_range(p));
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
    const auto unlike_first = [&](const Channel& channel) {
      return channel.rounds_once() != (*channels)[first].rounds_once();
    };
    if (std::ranges::any_of(std::span(*channels).subspan(first, kBlock), unlike_first)) return std::nullopt;
  }
  const auto packed = pack_pairs(rows, kBlock);
  if (!packed) return std::nullopt;
  return {{make_blob(DType::kI8, *packed), channels_blob(*channels)}};
}

// What its work is linear in: rows, steps of eight inputs, blocks of four channels, and a last block that is not full.
inline CostFeatures cost_features(Of<FullyConnectedS8>, const FullyConnectedS8::Params& p) {
  const double rows = p.batch;
  const double steps = (p.inputs + 7) / 8;
  const double blocks = (p.outputs + 3) / 4;
  const double rest = p.outputs % 4 == 0 ? 0 : 1;
  return {rows,          rows * steps,
          rows * blocks, rows * blocks * steps,
          rows * rest,   clamped_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels::armv7em
