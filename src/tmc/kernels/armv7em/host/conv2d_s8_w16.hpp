// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s8_w16.hpp.

#include "tmc/kernels/armv7em/conv2d_s8_w16.hpp"
#include "tmc/kernels/armv7em/host/detail/channels.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Biases of `count` channels from the first on, then their requantisations; zeros after the last channel, `end`.
inline void append_wide_channels(const std::vector<WideChannel>& channels, size_t first, size_t end, size_t count,
                                 std::vector<int32_t>& words) {
  const auto channel = [&](size_t i) { return first + i < end ? channels[first + i] : WideChannel{}; };
  for (size_t i = 0; i < count; ++i) words.push_back(channel(i).bias_word);
  for (size_t i = 0; i < count; ++i) {
    words.push_back(channel(i).form.doubled_multiplier);
    words.push_back(channel(i).form.factor);
  }
}

// Weights are [groups][blocks][groups of four inputs][2 words][4 channels][2 lanes], filled up with zeros.
inline Blobs pack(Of<Conv2dS8W16>, const Conv2dS8W16::Params& p, Constants views) {
  ChannelConstantsOf<int16_t> constants(views);
  const auto channels = prove_wide_channels(constants, p.input_zero_point, output_range(p));
  if (!channels) return std::nullopt;
  const auto of_group = static_cast<size_t>(Conv2dS8W16::output_depth(p));
  const auto in_blocks = static_cast<size_t>(4 * Conv2dS8W16::blocks(p));
  const size_t values = constants.weights_of_one();
  std::vector<int16_t> lanes;
  std::vector<int32_t> words;
  for (size_t first = 0; first < constants.channels(); first += of_group) {
    for (size_t block = 0; block < in_blocks; block += 4) {
      for (size_t input = 0; input < values; input += 4) {
        for (size_t i = 0; i < 16; ++i) {
          const size_t channel = block + i / 2 % 4;
          const size_t at = input + i / 8 + 2 * (i % 2);
          lanes.push_back(channel < of_group && at < values ? constants.weight(first + channel, at) : int16_t{0});
        }
      }
    }
    append_wide_channels(*channels, first, first + of_group, in_blocks, words);
  }
  return {{make_blob(DType::kI16, lanes), make_blob(DType::kI32, words)}};
}

inline Blobs pack(Of<Conv2dS8W16Depthwise>, const Conv2dS8W16Depthwise::Params& p, Constants views) {
  ChannelConstantsOf<int16_t> constants(views);
  const auto channels = prove_wide_channels(constants, p.input_zero_point, output_range(p));
  if (!channels) return std::nullopt;
  std::vector<int16_t> lanes;
  std::vector<int32_t> words;
  for (size_t first = 0; first < constants.channels(); first += 4) {
    for (size_t tap = 0; tap < constants.weights_of_one(); ++tap) {
      for (const size_t i : {0, 2, 1, 3}) lanes.push_back(constants.weight(first + i, tap));
    }
    append_wide_channels(*channels, first, constants.channels(), 4, words);
  }
  return {{make_blob(DType::kI16, lanes), make_blob(DType::kI32, words)}};
}

}  // namespace tmc::kernels::armv7em
