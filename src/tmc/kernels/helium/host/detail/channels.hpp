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

}  // namespace tmc::kernels::helium
