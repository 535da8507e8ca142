// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/depthwise_conv2d_s16.hpp.

#include "tmc/kernels/armv7em/depthwise_conv2d_s16.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_terms.hpp"

namespace tmc::kernels::armv7em {

// Weights as [pairs of channels][pairs of taps][2 channels][2 taps], filled up with zeros: SXTB16 leaves the channels
// of one tap in the lanes of a word.
template <typename AnyChannel>
Blobs pack_depthwise_conv2d_s16(const DepthwiseConv2dS16::Params& p, Constants views) {
  ChannelConstants constants(views);
  auto channels = prove_short_channels<AnyChannel>(constants);
  if (!channels) return std::nullopt;
  if (channels->size() % 2 != 0) channels->push_back(channels->back());
  const size_t taps = constants.weights_of_one();
  const auto filled = static_cast<size_t>(DepthwiseConv2dS16::filled_taps(p));
  std::vector<int8_t> packed;
  for (size_t pair = 0; pair < channels->size(); pair += 2) {
    for (size_t first = 0; first < filled; first += 2) {
      for (size_t i = 0; i < 4; ++i) {
        const size_t tap = first + i % 2;
        packed.push_back(tap < taps ? constants.weight(pair + i / 2, tap) : int8_t{0});
      }
    }
  }
  return {{make_blob(DType::kI8, packed), make_blob(DType::kI32, *channels)}};
}

inline Blobs pack(Of<DepthwiseConv2dS16>, const DepthwiseConv2dS16::Params& p, Constants views) {
  return pack_depthwise_conv2d_s16<ShortChannel>(p, views);
}

// What its work is linear in: pairs of channels, their taps, input rows and words of them, output rows, two
// pixels or one, rows of their windows and taps.
template <typename AnyChannel>
CostFeatures cost_features(Of<DepthwiseConv2dS16Of<AnyChannel>>, const DepthwiseConv2dS16::Params& p) {
  using Implementation = DepthwiseConv2dS16;
  const double pairs = 1.0 * p.batch * ((p.input_c + 1) / 2);
  const double rows = pairs * p.output_h;
  const double fresh = p.stride_h < Implementation::lines(p) ? p.stride_h : Implementation::lines(p);
  const double lines = pairs * (Implementation::lines(p) + (p.output_h - 1) * fresh);
  const double pixels = rows * (p.output_w / 2);
  const double single = rows * (p.output_w % 2);
  const double windows = (pixels + single) * p.kernel_h;
  const bool any = !Implementation::is_three_by_three(p);
  return {
      pairs,
      pairs * Implementation::filled_taps(p),
      lines,
      lines * p.input_w,
      rows,
      rows * p.kernel_h,
      any ? 0 : pixels,
      any ? 0 : single,
      any ? pixels : 0,
      any ? single : 0,
      any ? windows : 0,
      any ? windows * p.kernel_w : 0,
      clamped_int16_values(p.activation_min, p.activation_max, 1.0 * p.batch * p.output_h * p.output_w * p.output_c)};
}

// As for depthwise_conv2d_s16, with channels that are rescaled in two instructions.
inline Blobs pack(Of<DepthwiseConv2dS16Steep>, const DepthwiseConv2dS16::Params& p, Constants views) {
  return pack_depthwise_conv2d_s16<SteepChannel>(p, views);
}

}  // namespace tmc::kernels::armv7em
