// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/fully_connected_s8_long.hpp.

#include "tmc/kernels/armv7em/fully_connected_s8_long.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as pairs of channel pairs for detail/long_block_tile.hpp; inputs padded with zeros to whole parts, outputs to
// multiples of four.
inline Blobs pack(Of<FullyConnectedS8Long>, const FullyConnectedS8::Params& p, Constants views) {
  using Implementation = FullyConnectedS8Long;
  ChannelConstants constants(views);
  auto channels = long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  std::vector<std::vector<int8_t>> rows;
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    const auto weights = constants.weights_of(channel);
    rows.emplace_back(weights.begin(), weights.end())
        .resize(static_cast<size_t>(8 * Implementation::parts(p) * Implementation::steps(p)));
  }
  while (rows.size() % Implementation::kChannels != 0) {
    rows.emplace_back(rows.front().size());
    channels->push_back(channels->back());
  }
  return {{make_blob(DType::kI8, pack_any_pairs(rows, Implementation::kChannels)), make_blob(DType::kI32, *channels)}};
}

// What its work is linear in: rows, their steps of eight inputs, blocks of four channels and their parts and steps, and
// outputs of a last block that is not full.
inline CostFeatures cost_features(Of<FullyConnectedS8Long>, const FullyConnectedS8Long::Params& p) {
  using Implementation = FullyConnectedS8Long;
  const double rows = p.batch;
  const double steps = Implementation::parts(p) * Implementation::steps(p);
  const double blocks = (p.outputs + 3) / 4;
  return {rows,
          rows * steps,
          rows * blocks,
          rows * blocks * Implementation::parts(p),
          rows * blocks * steps,
          p.outputs % 4 == 0 ? 0 : rows,
          clamped_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels::armv7em
