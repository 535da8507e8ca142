// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of helium/depthwise_conv2d_s8.hpp.

#include "tmc/kernels/helium/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/helium/host/detail/channels.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::helium {

// Weights in blocks of eight channels, tap by tap; channels in the same blocks, even lanes before odd ones. Two taps
// that are summed in 16 bits must not both have the weight -128: -128 * -128 twice is one more than fits.
inline Blobs pack(Of<DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p, Constants views) {
  using Implementation = DepthwiseConv2dS8;
  constexpr size_t kLanes[Implementation::kLanes] = {0, 2, 4, 6, 1, 3, 5, 7};
  ChannelConstants constants(views);
  constants.fold_into_bias(p.input_zero_point);
  const size_t taps = constants.weights_of_one();
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    for (size_t tap = 0; tap + 1 < taps; tap += 2) {
      if (constants.weight(channel, tap) == -128 && constants.weight(channel, tap + 1) == -128) return std::nullopt;
    }
  }
  std::vector<int8_t> weights;
  for (size_t block = 0; block < constants.channels(); block += Implementation::kLanes) {
    for (size_t tap = 0; tap < static_cast<size_t>(Implementation::even_taps(p)); ++tap) {
      for (size_t lane = 0; lane < Implementation::kLanes; ++lane) {
        weights.push_back(tap < taps ? constants.weight(block + lane, tap) : int8_t{0});
      }
    }
  }
  return {{make_blob(DType::kI8, weights), channel_blocks(constants, kLanes)}};
}

// What its work is linear in: pixels, the taps that are looked for or moved on, blocks of eight channels and their
// pairs of taps; a last block that is not full.
inline CostFeatures cost_features(Of<DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p) {
  using Implementation = DepthwiseConv2dS8;
  const auto runs_inside = [](int32_t outputs, int32_t stride, int32_t pad, int32_t window, int32_t input) {
    int32_t inside = 0;
    for (int32_t i = 0; i < outputs; ++i) {
      const int32_t at = i * stride - pad;
      if (at >= 0 && at + window <= input) ++inside;
    }
    return inside;
  };
  const int32_t columns =
      runs_inside(p.output_w, p.stride_w, p.pad_left, (p.kernel_w - 1) * p.dilation_w + 1, p.input_w);
  const int32_t rows = runs_inside(p.output_h, p.stride_h, p.pad_top, (p.kernel_h - 1) * p.dilation_h + 1, p.input_h);
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double moved = columns > 1 ? 1.0 * p.batch * rows * (columns - 1) : 0;
  const double found = pixels - moved;
  const double taps = p.kernel_h * p.kernel_w;
  const double blocks = pixels * ((p.input_c + Implementation::kLanes - 1) / Implementation::kLanes);
  const bool partial = p.input_c % Implementation::kLanes != 0;
  return {pixels,
          moved * taps,
          found * p.kernel_h,
          found * taps,
          partial ? 0 : blocks,
          partial ? 0 : blocks * Implementation::even_taps(p),
          partial ? blocks : 0,
          partial ? blocks * Implementation::even_taps(p) : 0};
}

}  // namespace tmc::kernels::helium
