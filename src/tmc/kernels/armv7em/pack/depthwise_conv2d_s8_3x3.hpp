// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as the model has them, nine bytes for a channel, and one byte more because rows are read by words.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3.hpp"
#include "tmc/kernels/armv7em/pack/channels.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dS83x3>, const DepthwiseConv2dS8::Params& p,
                  std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::prove_channels(constants, p.input_zero_point, armv7em::output_range(p),
                                                armv7em::DepthwiseConv2dS83x3::kMaxWidening);
  if (!channels) return std::nullopt;
  std::vector<int8_t> weights = constants.weights;
  weights.push_back(0);
  return {{make_blob(DType::kI8, weights), armv7em::channels_blob(*channels)}};
}

}  // namespace tmc::kernels
