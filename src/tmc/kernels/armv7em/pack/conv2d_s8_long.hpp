// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as channel pairs for detail/long_tile.hpp, a window in the order of detail/window.hpp, filled up with zeros.

#include "tmc/kernels/armv7em/conv2d_s8_long.hpp"
#include "tmc/kernels/armv7em/pack/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/pack/long_channels.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS8Long>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  auto rows = armv7em::window_rows(p, constants);
  const auto groups = static_cast<size_t>(armv7em::Conv2dS8Long::parts(p) * armv7em::Conv2dS8Long::groups(p));
  for (auto& row : rows) row.resize(4 * groups);
  return {{make_blob(DType::kI8, armv7em::pack_any_pairs(rows, 2)),
           make_blob(DType::kI32, armv7em::long_pairs(*channels))}};
}

}  // namespace tmc::kernels
