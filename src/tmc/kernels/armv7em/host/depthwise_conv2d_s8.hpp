// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/depthwise_conv2d_s8.hpp.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/channels.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as [blocks of four channels][taps][4], the last block padded with zeros.
inline std::vector<int8_t> depthwise_blocks(ChannelConstants& constants) {
  const size_t taps = constants.weights_of_one();
  std::vector<int8_t> packed((constants.channels() + 3) / 4 * 4 * taps);
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    const auto weights = constants.weights_of(channel);
    for (size_t tap = 0; tap < taps; ++tap) packed[(channel / 4 * taps + tap) * 4 + channel % 4] = weights[tap];
  }
  return packed;
}

inline Blobs pack(Of<DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = prove_channels(constants, p.input_zero_point, output_range(p));
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, depthwise_blocks(constants)), channels_blob(*channels)}};
}

// What its work is linear in: pixels, blocks of four channels, their rows, taps, and taps inside the input, of channels
// that read neighbouring ones or not.
template <typename AnyChannel>
CostFeatures cost_features(Of<DepthwiseConv2dS8Of<AnyChannel>>, const DepthwiseConv2dS8::Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double blocks = groups_of_four(p.output_c);
  const double inside = p.batch * taps_inside(p);
  const bool are_words = p.output_c == p.input_c;
  const double partial = are_words && p.output_c % 4 != 0 ? 1 : 0;
  return {pixels,
          pixels * (p.kernel_h + p.kernel_w),
          pixels * blocks,
          pixels * blocks * p.kernel_h,
          pixels * blocks * p.kernel_h * p.kernel_w,
          inside * blocks,
          are_words ? 0 : inside * blocks,
          inside * partial,
          clamped_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

// As for depthwise_conv2d_s8, with channels in the long form.
inline Blobs pack(Of<DepthwiseConv2dS8Long>, const DepthwiseConv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, depthwise_blocks(constants)), make_blob(DType::kI32, *channels)}};
}

}  // namespace tmc::kernels::armv7em
