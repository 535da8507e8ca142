// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s16.hpp.

#include "tmc/kernels/armv7em/conv2d_s16.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_terms.hpp"
#include "tmc/kernels/armv7em/host/detail/window_terms.hpp"

namespace tmc::kernels::armv7em {

// Weights as [channel pairs][steps of eight inputs][4 pairs of inputs][2 inputs][2 channels], filled up with zeros.
template <typename AnyChannel>
Blobs pack_conv2d_s16(const Conv2dS16::Params& p, Constants views) {
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

inline Blobs pack(Of<Conv2dS16>, const Conv2dS16::Params& p, Constants views) {
  return pack_conv2d_s16<ShortChannel>(p, views);
}

// What its work is linear in: tiles of three pixels, their rows and words, rows that are copied because they are no
// whole words or not inside, channel pairs, and outputs.
template <typename AnyChannel>
CostFeatures cost_features(Of<Conv2dS16Of<AnyChannel>>, const Conv2dS16::Params& p) {
  using Implementation = Conv2dS16;
  const auto bytes = in_bytes(p);
  const WindowCounts counts = count_windows(bytes, kTilePixels);
  const double windows = kTilePixels * counts.tiles;
  const double partial = windows - counts.whole_windows;
  const double odd = rows_are_words(bytes) ? 0 : windows;
  return {counts.tiles,
          counts.tiles * p.kernel_h,
          counts.tiles * Implementation::steps(p),
          odd * p.kernel_h,
          partial * p.kernel_h,
          (odd > 0 ? odd : partial) * Implementation::steps(p),
          p.dilation_w == 1 ? 0 : partial * p.kernel_h * p.kernel_w,
          counts.tiles * Implementation::pairs(p),
          counts.tiles * Implementation::pairs(p) * Implementation::steps(p),
          clamped_int16_values(p.activation_min, p.activation_max, windows * p.output_c)};
}

// As for conv2d_s16, with channels that are rescaled in two instructions.
inline Blobs pack(Of<Conv2dS16Steep>, const Conv2dS16::Params& p, Constants views) {
  return pack_conv2d_s16<SteepChannel>(p, views);
}

}  // namespace tmc::kernels::armv7em
