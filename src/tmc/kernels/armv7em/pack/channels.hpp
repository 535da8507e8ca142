// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lays out bias and requantisation for the bodies of this folder, and proves what they rely on: that a sum has no more
// than 24 bits, for any input, and that the requantisation is exact (detail/channel.hpp). The input's zero point is
// folded into the bias, because padding is filled with it.

#include "tmc/kernels/armv7em/pack/equal_channel.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The model's constants of a kernel with per-channel requantisation.
struct ChannelConstants {
  std::vector<int8_t> weights;  // [channels, weights of one]
  std::vector<int32_t> bias, multiplier, shift;

  explicit ChannelConstants(std::span<const ConstantView> constants)
      : weights(constants[0].to_vector<int8_t>()),
        bias(constants[1].to_vector<int32_t>()),
        multiplier(constants[2].to_vector<int32_t>()),
        shift(constants[3].to_vector<int32_t>()) {}

  size_t channels() const { return bias.size(); }
  std::span<int8_t> weights_of(size_t channel) {
    const size_t count = weights.size() / channels();
    return std::span(weights).subspan(channel * count, count);
  }
};

template <typename Params>
OutputRange output_range(const Params& p) {
  return {p.output_zero_point, p.activation_min, p.activation_max};
}

// nullopt where a proof fails. A channel that is the same for every input gets weights of zero in `constants`; one
// whose requantisation is not exact as it stands gets one that is (pack/equal_channel.hpp). A body that offers
// `max_widening` multiplies a channel's weights by 2^widening.
std::optional<std::vector<Channel>> prove_channels(ChannelConstants& constants, int32_t input_zero_point,
                                                   const OutputRange& output, int32_t max_widening = 0);

Blob channels_blob(const std::vector<Channel>& channels);

}  // namespace tmc::kernels::armv7em
