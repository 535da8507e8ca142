// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bias and requantisation as the implementations of this folder want them.

#include "tmc/kernels/host/channel_constants.hpp"

namespace tmc::kernels::helium {

// Blocks of biases, multipliers and shifts of the channels block + lanes[0], block + lanes[1] and so on.
inline Blob channel_blocks(const ChannelConstants& constants, std::span<const size_t> lanes) {
  std::vector<int32_t> words;
  for (size_t block = 0; block < constants.channels(); block += lanes.size()) {
    for (const auto& values : {constants.bias, constants.multiplier, constants.shift}) {
      for (const size_t lane : lanes) words.push_back(block + lane < values.size() ? values[block + lane] : 0);
    }
  }
  return make_blob(DType::kI32, words);
}

// Whether two products of taps that are summed fit 16 bits, the first of them the tap `first`: two weights of -128, by
// two inputs of -128, are one more than that.
inline bool sums_of_pairs_fit(const ChannelConstants& constants, size_t first) {
  for (size_t channel = 0; channel < constants.channels(); ++channel) {
    for (size_t tap = first; tap + 1 < constants.weights_of_one(); tap += 2) {
      if (constants.weight(channel, tap) == -128 && constants.weight(channel, tap + 1) == -128) return false;
    }
  }
  return true;
}

}  // namespace tmc::kernels::helium
