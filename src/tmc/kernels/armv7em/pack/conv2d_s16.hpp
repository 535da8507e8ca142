// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as [channel pairs][steps of eight inputs][4 pairs of inputs][2 inputs][2 channels], filled up with zeros.

#include "tmc/kernels/armv7em/conv2d_s16.hpp"
#include "tmc/kernels/armv7em/pack/int16_rows.hpp"

namespace tmc::kernels::armv7em {

template <typename AnyChannel>
Blobs pack_conv2d_s16(const Conv2dS16::Params& p, std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  auto channels = prove_short_channels<AnyChannel>(constants);
  if (!channels) return std::nullopt;
  if (channels->size() % 2 != 0) channels->push_back(channels->back());
  const size_t inputs = constants.weights_of_one();
  const auto filled = static_cast<size_t>(8 * Conv2dS16::steps(p));
  std::vector<int8_t> packed;
  for (size_t channel = 0; channel < channels->size(); channel += 2) {
    for (size_t input = 0; input < filled; ++input) {
      for (size_t i = 0; i < 2; ++i)
        packed.push_back(input < inputs ? constants.weight(channel + i, input) : int8_t{0});
    }
  }
  return {{make_blob(DType::kI8, packed), make_blob(DType::kI32, *channels)}};
}

}  // namespace tmc::kernels::armv7em

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS16>, const Conv2dS16::Params& p, std::span<const ConstantView> views) {
  return armv7em::pack_conv2d_s16<armv7em::ShortChannel>(p, views);
}

}  // namespace tmc::kernels
