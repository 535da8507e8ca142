// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/single_rows.hpp, channels in the long form.

#include "tmc/kernels/armv7em/conv2d_s8_single_long.hpp"
#include "tmc/kernels/armv7em/pack/long_channels.hpp"
#include "tmc/kernels/armv7em/pack/single_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS8SingleLong>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  return armv7em::single_rows(constants, *channels, static_cast<size_t>(p.groups), armv7em::kWidenedOrder);
}

}  // namespace tmc::kernels
