// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as the model has them, with channels in the long form.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_lines_long.hpp"
#include "tmc/kernels/armv7em/pack/long_channels.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dS8LinesLong>, const DepthwiseConv2dS8::Params& p,
                  std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, constants.weights), make_blob(DType::kI32, *channels)}};
}

}  // namespace tmc::kernels
