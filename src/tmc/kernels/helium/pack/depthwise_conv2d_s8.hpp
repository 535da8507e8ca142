// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights in blocks of eight channels, tap by tap; channels in the same blocks, even lanes before odd ones. Two taps
// that are summed in 16 bits must not both have the weight -128: -128 * -128 twice is one more than fits.

#include "tmc/kernels/helium/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/helium/pack/channels.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<helium::DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p,
                  std::span<const ConstantView> views) {
  using Body = helium::DepthwiseConv2dS8;
  constexpr size_t kLanes[Body::kLanes] = {0, 2, 4, 6, 1, 3, 5, 7};
  ChannelConstants constants(views);
  constants.fold_into_bias(p.input_zero_point);
  const size_t taps = constants.weights_of_one();
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    for (size_t tap = 0; tap + 1 < taps; tap += 2) {
      if (constants.weight(channel, tap) == -128 && constants.weight(channel, tap + 1) == -128) return std::nullopt;
    }
  }
  std::vector<int8_t> weights;
  for (size_t block = 0; block < constants.channels(); block += Body::kLanes) {
    for (size_t tap = 0; tap < static_cast<size_t>(Body::even_taps(p)); ++tap) {
      for (size_t lane = 0; lane < Body::kLanes; ++lane) {
        weights.push_back(tap < taps ? constants.weight(block + lane, tap) : int8_t{0});
      }
    }
  }
  return {{make_blob(DType::kI8, weights), helium::channel_blocks(constants, kLanes)}};
}

}  // namespace tmc::kernels
