// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as [blocks of four channels][taps][4], the last block padded with zeros.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/armv7em/pack/channels.hpp"

namespace tmc::kernels::armv7em {

inline std::vector<int8_t> depthwise_blocks(ChannelConstants& constants) {
  const size_t taps = constants.weights_of_one();
  std::vector<int8_t> packed((constants.channels() + 3) / 4 * 4 * taps);
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    const auto weights = constants.weights_of(channel);
    for (size_t tap = 0; tap < taps; ++tap) packed[(channel / 4 * taps + tap) * 4 + channel % 4] = weights[tap];
  }
  return packed;
}

}  // namespace tmc::kernels::armv7em

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p,
                  std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::prove_channels(constants, p.input_zero_point, armv7em::output_range(p));
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, armv7em::depthwise_blocks(constants)), armv7em::channels_blob(*channels)}};
}

}  // namespace tmc::kernels
