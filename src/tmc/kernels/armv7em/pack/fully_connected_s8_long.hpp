// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as pairs of channel pairs for detail/long_block_tile.hpp; inputs padded with zeros to whole parts, outputs to
// multiples of four.

#include "tmc/kernels/armv7em/fully_connected_s8_long.hpp"
#include "tmc/kernels/armv7em/pack/long_channels.hpp"
#include "tmc/kernels/armv7em/pack/pairs.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::FullyConnectedS8Long>, const FullyConnectedS8::Params& p,
                  std::span<const ConstantView> views) {
  using Body = armv7em::FullyConnectedS8Long;
  ChannelConstants constants(views);
  auto channels = armv7em::long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  std::vector<std::vector<int8_t>> rows;
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    const auto weights = constants.weights_of(channel);
    rows.emplace_back(weights.begin(), weights.end()).resize(static_cast<size_t>(8 * Body::parts(p) * Body::steps(p)));
  }
  while (rows.size() % Body::kChannels != 0) {
    rows.emplace_back(rows.front().size());
    channels->push_back(channels->back());
  }
  return {{make_blob(DType::kI8, armv7em::pack_any_pairs(rows, Body::kChannels)), make_blob(DType::kI32, *channels)}};
}

}  // namespace tmc::kernels
