// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/single_rows.hpp: [groups][blocks of four channels][steps of eight inputs][2][4
// channels][4 inputs], filled up with zeros.

#include "tmc/kernels/armv7em/pack/channels.hpp"

namespace tmc::kernels::armv7em {

inline std::optional<std::vector<Blob>> pack_single_rows(std::span<const ConstantView> views, int32_t input_zero_point,
                                                         const OutputRange& output, size_t groups) {
  ChannelConstants constants(views);
  const auto channels = prove_wide_channels(constants, input_zero_point, output);
  if (!channels) return std::nullopt;
  const size_t of_group = constants.channels() / groups;
  const size_t inputs = constants.weights_of_one();
  std::vector<int8_t> packed;
  std::vector<WideChannel> padded;
  for (size_t first = 0; first < constants.channels(); first += of_group) {
    const auto channel_at = [&](size_t block, size_t i) { return std::min(first + block + i, first + of_group - 1); };
    for (size_t block = 0; block < of_group; block += 4) {
      for (size_t i = 0; i < 4; ++i) padded.push_back((*channels)[channel_at(block, i)]);
      for (size_t at = 0; at < (inputs + 7) / 8 * 8; at += 4) {
        for (size_t i = 0; i < 16; ++i) {
          const size_t input = at + i % 4;
          packed.push_back(input < inputs ? constants.weights_of(channel_at(block, i / 4))[input] : int8_t{0});
        }
      }
    }
  }
  return {{make_blob(DType::kI8, packed), make_blob(DType::kI32, padded)}};
}

}  // namespace tmc::kernels::armv7em
