// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as the model has them.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_lines.hpp"
#include "tmc/kernels/armv7em/pack/channels.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dS8Lines>, const DepthwiseConv2dS8::Params& p,
                  std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::prove_channels(constants, p.input_zero_point, armv7em::output_range(p));
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, constants.weights), armv7em::channels_blob(*channels)}};
}

}  // namespace tmc::kernels
