// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/single_rows.hpp: [groups][blocks of four channels][steps of eight inputs][2][4
// channels][4 inputs], filled up with zeros.

#include <array>

#include "tmc/kernels/armv7em/host/detail/channels.hpp"

namespace tmc::kernels::armv7em {

// Which of four successive inputs a byte of a weight word belongs to. SXTB16 leaves bytes 0 and 2 in the lanes of a
// word, and 1 and 3 in those of another: activations that are widened lie alike, those of 16 bits lie in their order.
inline constexpr std::array<size_t, 4> kWidenedOrder = {0, 1, 2, 3};
inline constexpr std::array<size_t, 4> kLaneOrder = {0, 2, 1, 3};

// Appends the weights of four channels: row(i) is those of the block's channel i.
template <typename Row>
void append_single_block(const Row& row, const std::array<size_t, 4>& order, std::vector<int8_t>& packed) {
  const size_t inputs = row(0).size();
  for (size_t at = 0; at < inputs; at += 8) {
    for (size_t i = 0; i < 32; ++i) {
      const size_t input = at + i / 16 * 4 + order[i % 4];
      packed.push_back(input < inputs ? row(i / 4 % 4)[input] : int8_t{0});
    }
  }
}

template <typename AnyChannel>
std::vector<Blob> single_rows(ChannelConstants& constants, const std::vector<AnyChannel>& channels, size_t groups,
                              const std::array<size_t, 4>& order) {
  const size_t of_group = constants.channels() / groups;
  std::vector<int8_t> packed;
  std::vector<AnyChannel> padded;
  for (size_t first = 0; first < constants.channels(); first += of_group) {
    const auto channel_at = [&](size_t block, size_t i) { return std::min(first + block + i, first + of_group - 1); };
    for (size_t block = 0; block < of_group; block += 4) {
      for (size_t i = 0; i < 4; ++i) padded.push_back(channels[channel_at(block, i)]);
      append_single_block([&](size_t i) { return constants.weights_of(channel_at(block, i)); }, order, packed);
    }
  }
  return {make_blob(DType::kI8, packed), make_blob(DType::kI32, padded)};
}

inline Blobs pack_single_rows(Constants views, int32_t input_zero_point, const OutputRange& output, size_t groups) {
  ChannelConstants constants(views);
  const auto channels = prove_wide_channels(constants, input_zero_point, output);
  if (!channels) return std::nullopt;
  return single_rows(constants, *channels, groups, kWidenedOrder);
}

}  // namespace tmc::kernels::armv7em
