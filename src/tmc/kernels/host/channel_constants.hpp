// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The model's constants of a kernel with per-channel requantisation, as the `pack` functions take them apart.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

// Biases less the input's zero point times the weights, of which each channel has as many: sums then take inputs as
// they are. Modulo 2^32, as all sums.
template <typename Weight>
void fold_zero_point(int32_t zero_point, const std::vector<Weight>& weights, std::vector<int32_t>& bias) {
  const size_t of_one = weights.size() / bias.size();
  for (size_t i = 0; i < weights.size(); ++i) {
    int32_t& sum = bias[i / of_one];
    sum = static_cast<int32_t>(static_cast<uint32_t>(sum) - static_cast<uint32_t>(zero_point * weights[i]));
  }
}

template <typename Weight>
struct ChannelConstantsOf {
  std::vector<Weight> weights;  // [channels, weights of one]
  std::vector<int32_t> bias, multiplier, shift;

  explicit ChannelConstantsOf(std::span<const ConstantView> constants)
      : weights(constants[0].to_vector<Weight>()),
        bias(constants[1].to_vector<int32_t>()),
        multiplier(constants[2].to_vector<int32_t>()),
        shift(constants[3].to_vector<int32_t>()) {}

  size_t channels() const { return bias.size(); }
  size_t weights_of_one() const { return weights.size() / channels(); }
  std::span<Weight> weights_of(size_t channel) {
    return std::span(weights).subspan(channel * weights_of_one(), weights_of_one());
  }
  // Zero beyond the last channel, as that of the channels that fill a block up.
  Weight weight(size_t channel, size_t index) const {
    return channel < channels() ? weights[channel * weights_of_one() + index] : Weight{0};
  }
  // Padding is filled with the input's zero point, so that its part of a sum is the same for every window and goes to
  // the bias.
  void fold_into_bias(int32_t input_zero_point) { fold_zero_point(input_zero_point, weights, bias); }
};

using ChannelConstants = ChannelConstantsOf<int8_t>;

}  // namespace tmc::kernels
