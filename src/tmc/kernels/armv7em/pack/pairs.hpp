// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two channels in one weight word (detail/pair_tile.hpp).

#include <array>

#include "tmc/kernels/armv7em/pack/channels.hpp"

namespace tmc::kernels::armv7em {

// Four inputs of two channels, or nullopt where a lane cannot hold them: 256 * -128 + w0 with a negative w0.
inline std::optional<std::array<int32_t, 2>> pair_words(std::span<const int8_t, 4> even,
                                                        std::span<const int8_t, 4> odd) {
  std::array<int32_t, 2> words{};
  for (size_t i = 0; i < 4; ++i) {
    const int32_t lane = 256 * odd[i] + even[i];
    if (lane < INT16_MIN) return std::nullopt;
    uint32_t word = static_cast<uint32_t>(words[i % 2]);
    word |= (static_cast<uint32_t>(lane) & 0xFFFF) << (i / 2 * 16);
    words[i % 2] = static_cast<int32_t>(word);
  }
  return words;
}

// rows[channel]: its weights, a multiple of four long. Out: [channel blocks][groups of four][pairs in a block][2
// words]. Their number is a multiple of `block`, which is even.
inline std::optional<std::vector<int32_t>> pack_pairs(const std::vector<std::vector<int8_t>>& rows, size_t block) {
  std::vector<int32_t> packed;
  for (size_t first = 0; first < rows.size(); first += block) {
    for (size_t i = 0; i < rows[first].size(); i += 4) {
      for (size_t channel = first; channel < first + block; channel += 2) {
        const auto words = pair_words(std::span(rows[channel]).subspan(i).first<4>(),
                                      std::span(rows[channel + 1]).subspan(i).first<4>());
        if (!words) return std::nullopt;
        packed.insert(packed.end(), words->begin(), words->end());
      }
    }
  }
  return packed;
}

}  // namespace tmc::kernels::armv7em
