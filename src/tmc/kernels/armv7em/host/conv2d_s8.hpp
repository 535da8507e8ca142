// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s8.hpp.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"
#include "tmc/kernels/armv7em/host/detail/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as channel pairs, a window in the order of detail/window.hpp, filled up with zeros.
// rows[channel]: its window in the order of the lanes.
inline std::vector<std::vector<int8_t>> window_rows(const kernels::Conv2dS8::Params& p, ChannelConstants& constants) {
  const auto row_values = static_cast<size_t>(p.kernel_w * p.input_c);
  const auto tail = static_cast<size_t>(row_tail(p));
  std::vector<std::vector<int8_t>> rows(constants.channels());
  for (size_t channel = 0; channel < rows.size(); ++channel) {
    const auto weights = constants.weights_of(channel);
    std::vector<int8_t> tails;
    const auto fill_group = [](std::vector<int8_t>& values) { values.resize((values.size() + 3) / 4 * 4); };
    for (auto from = weights.begin(); from != weights.end(); from += row_values) {
      const auto end = from + row_values;
      rows[channel].insert(rows[channel].end(), from, end - tail);
      fill_group(rows[channel]);
      tails.insert(tails.end(), end - tail, end);
    }
    fill_group(tails);
    // Lane after lane, where groups have inputs 0 and 2 in their first word.
    for (size_t i = 0; i < tails.size(); i += 4) {
      rows[channel].insert(rows[channel].end(), {tails[i], tails[i + 2], tails[i + 1], tails[i + 3]});
    }
  }
  return rows;
}

// Where the implementation asks for it, all channels round once.
template <typename AnyChannel, bool kLanes>
Blobs pack(Of<Conv2dS8Of<AnyChannel, kLanes>>, const Conv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = prove_channels(constants, p.input_zero_point, output_range(p));
  if (!channels) return std::nullopt;
  const auto packed = pack_pairs(window_rows(p, constants), 2);
  if (!packed) return std::nullopt;
  Blobs blobs = {{make_blob(DType::kI8, *packed), channels_blob(*channels)}};
  return std::is_same_v<AnyChannel, OnceChannel> ? blobs_that_round_once(std::move(blobs)) : blobs;
}

// What its work is linear in: channels to unpack, tiles of three pixels, channel pairs, how windows are gathered, and
// weight words to unpack.
template <typename AnyChannel, bool kLanes>
CostFeatures cost_features(Of<Conv2dS8Of<AnyChannel, kLanes>>, const Conv2dS8::Params& p) {
  CostFeatures terms = window_terms(p, kTilePixels);
  if (kLanes) terms.push_back(1.0 * p.output_c * window_groups(p));
  return terms;
}

}  // namespace tmc::kernels::armv7em
