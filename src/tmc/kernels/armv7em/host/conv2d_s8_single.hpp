// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s8_single.hpp.

#include "tmc/kernels/armv7em/conv2d_s8_single.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/armv7em/host/detail/single_rows.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels; channels with a bias of 32 bits.
inline Blobs pack(Of<Conv2dS8Single>, const Conv2dS8::Params& p, Constants views) {
  return pack_single_rows(views, p.input_zero_point, output_range(p), static_cast<size_t>(p.groups));
}

// What its work is linear in: windows and how they are copied, steps of eight inputs, blocks of four channels, and
// outputs.
template <typename AnyChannel>
CostFeatures cost_features(Of<Conv2dS8SingleOf<AnyChannel>>, const Conv2dS8Single::Params& p) {
  using Implementation = Conv2dS8Single;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double windows = pixels * p.groups;
  const double steps = Implementation::steps(p);
  const double blocks = Implementation::blocks(p);
  const double copied = Implementation::is_one_tap(p) ? 0 : windows;
  const bool by_rows = p.dilation_w == 1 && p.groups == 1;
  const double moves = copied * p.kernel_h * (by_rows ? 1 : p.kernel_w);
  return {pixels,
          windows,
          by_rows ? moves : 0,
          by_rows ? copied * steps : 0,
          by_rows ? 0 : moves,
          by_rows ? 0 : moves * Implementation::depth(p),
          windows * steps,
          windows * blocks,
          windows * blocks * steps,
          pixels * p.output_c,
          clamped_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

// Weights and channels for detail/single_rows.hpp, channels in the long form.
inline Blobs pack(Of<Conv2dS8SingleLong>, const Conv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  return single_rows(constants, *channels, static_cast<size_t>(p.groups), kWidenedOrder);
}

}  // namespace tmc::kernels::armv7em
