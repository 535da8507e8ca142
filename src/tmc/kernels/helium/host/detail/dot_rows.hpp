// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels as detail/dot_rows.hpp reads them.

#include <algorithm>

#include "tmc/kernels/helium/detail/dot_rows.hpp"
#include "tmc/kernels/helium/host/detail/channels.hpp"

namespace tmc::kernels::helium {

inline std::vector<Blob> pack_dot_rows(Constants views, int32_t input_zero_point) {
  constexpr size_t kLanes[kBlock] = {0, 1, 2, 3};
  constexpr size_t kChunk = 16;
  ChannelConstants constants(views);
  constants.fold_into_bias(input_zero_point);
  std::vector<int8_t> weights;
  for (size_t block = 0; block < constants.channels(); block += kBlock) {
    for (size_t begin = 0; begin < constants.weights_of_one(); begin += kChunk) {
      const size_t end = std::min(begin + kChunk, constants.weights_of_one());
      for (const size_t lane : kLanes) {
        for (size_t i = begin; i < end; ++i) weights.push_back(constants.weight(block + lane, i));
      }
    }
  }
  return {make_blob(DType::kI8, weights), channel_blocks(constants, kLanes)};
}

}  // namespace tmc::kernels::helium
