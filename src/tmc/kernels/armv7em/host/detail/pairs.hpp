// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two channels in one weight word (detail/pair_tile.hpp).

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "tmc/kernels/armv7em/host/detail/channels.hpp"

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

// The same for detail/long_tile.hpp, whose lanes hold any two weights: 256 * w1 + (w0 + 128).
inline std::vector<int32_t> pack_any_pairs(const std::vector<std::vector<int8_t>>& rows, size_t block) {
  std::vector<int32_t> packed;
  for (size_t first = 0; first < rows.size(); first += block) {
    for (size_t i = 0; i < rows[first].size(); i += 4) {
      for (size_t channel = first; channel < first + block; channel += 2) {
        const auto lane = [&](size_t input) { return 256 * rows[channel + 1][input] + rows[channel][input] + 128; };
        packed.push_back(pack_bottoms(lane(i), lane(i + 2)));
        packed.push_back(pack_bottoms(lane(i + 1), lane(i + 3)));
      }
    }
  }
  return packed;
}

// Whether a lane can hold every weight of `even` below those of `odd`.
inline bool make_a_pair(const std::vector<int8_t>& even, const std::vector<int8_t>& odd) {
  for (size_t i = 0; i < even.size(); ++i) {
    if (256 * odd[i] + even[i] < INT16_MIN) return false;
  }
  return true;
}

// An order of an even number of channels in which each of even place makes a pair with the next; nullopt where none was
// found. Channels with the most weights of -128 choose first.
inline std::optional<std::vector<size_t>> find_pairing(const std::vector<std::vector<int8_t>>& rows) {
  std::vector<size_t> left(rows.size());
  std::iota(left.begin(), left.end(), size_t{0});
  std::ranges::stable_sort(left, std::greater{}, [&](size_t i) { return std::ranges::count(rows[i], int8_t{-128}); });
  std::vector<size_t> order;
  while (!left.empty()) {
    const size_t chooser = left.front();
    left.erase(left.begin());
    const auto pairs_above = [&](size_t other) { return make_a_pair(rows[chooser], rows[other]); };
    const auto pairs_below = [&](size_t other) { return make_a_pair(rows[other], rows[chooser]); };
    const auto other =
        std::ranges::find_if(left, [&](size_t channel) { return pairs_above(channel) || pairs_below(channel); });
    if (other == left.end()) return std::nullopt;
    const bool below = pairs_below(*other);
    order.push_back(below ? *other : chooser);
    order.push_back(below ? chooser : *other);
    left.erase(other);
  }
  return order;
}

}  // namespace tmc::kernels::armv7em
