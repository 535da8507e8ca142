// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s8_long.hpp.

#include "tmc/kernels/armv7em/conv2d_s8_long.hpp"
#include "tmc/kernels/armv7em/host/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/armv7em/host/detail/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as channel pairs for detail/long_tile.hpp, a window in the order of detail/window.hpp, filled up with zeros.
inline Blobs pack(Of<Conv2dS8Long>, const Conv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  auto rows = window_rows(p, constants);
  const auto groups = static_cast<size_t>(Conv2dS8Long::parts(p) * Conv2dS8Long::groups(p));
  for (auto& row : rows) row.resize(4 * groups);
  return {{make_blob(DType::kI8, pack_any_pairs(rows, 2)), make_blob(DType::kI32, long_pairs(*channels))}};
}

// What its work is linear in: that of conv2d_s8, the inputs of tiles that are added up, and channel pairs of every part
// after the first.
inline CostFeatures cost_features(Of<Conv2dS8Long>, const Conv2dS8Long::Params& p) {
  const double tiles = count_windows(p, kTilePixels).tiles;
  const double parts = Conv2dS8Long::parts(p);
  CostFeatures terms = window_terms(p, kTilePixels);
  terms.push_back(tiles * parts * Conv2dS8Long::groups(p));
  terms.push_back(tiles * p.output_c / 2 * (parts - 1));
  return terms;
}

}  // namespace tmc::kernels::armv7em
