// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as [pairs of channels][pairs of taps][2 channels][2 taps], filled up with zeros: SXTB16 leaves the channels
// of one tap in the lanes of a word.

#include "tmc/kernels/armv7em/depthwise_conv2d_s16.hpp"
#include "tmc/kernels/armv7em/pack/int16_rows.hpp"

namespace tmc::kernels::armv7em {

template <typename AnyChannel>
Blobs pack_depthwise_conv2d_s16(const DepthwiseConv2dS16::Params& p, std::span<const ConstantView> views) {
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

}  // namespace tmc::kernels::armv7em

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dS16>, const DepthwiseConv2dS16::Params& p,
                  std::span<const ConstantView> views) {
  return armv7em::pack_depthwise_conv2d_s16<armv7em::ShortChannel>(p, views);
}

}  // namespace tmc::kernels
