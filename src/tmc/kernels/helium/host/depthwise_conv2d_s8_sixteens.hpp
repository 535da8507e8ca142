// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of helium/depthwise_conv2d_s8_sixteens.hpp.

#include <algorithm>

#include "tmc/kernels/helium/depthwise_conv2d_s8_sixteens.hpp"
#include "tmc/kernels/helium/host/detail/channels.hpp"
#include "tmc/kernels/helium/host/detail/tap_terms.hpp"

namespace tmc::kernels::helium {

// Weights in blocks of sixteen channels, tap by tap; channels in the same blocks, lanes as products and their sums
// leave them: even ones first, and of these again. The last block ends with the last channel.
template <bool kRoundsOnce>
Blobs pack(Of<DepthwiseConv2dS8SixteensOf<kRoundsOnce>>, const DepthwiseConv2dS8::Params& p, Constants views) {
  constexpr size_t kBlockLanes = 16;
  constexpr size_t kLanes[kBlockLanes] = {0, 4, 8, 12, 2, 6, 10, 14, 1, 5, 9, 13, 3, 7, 11, 15};
  ChannelConstants constants(views);
  const auto is_taken = [](int32_t shift) { return kRoundsOnce ? shift == 0 : shift <= 0; };
  if (!std::ranges::all_of(constants.shift, is_taken)) return std::nullopt;
  const size_t taps = constants.weights_of_one();
  if (!sums_of_pairs_fit(constants, taps % 2)) return std::nullopt;
  constants.fold_into_bias(p.input_zero_point);
  std::vector<int8_t> weights;
  std::vector<int32_t> words;
  for (size_t block = 0; block < constants.channels(); block += kBlockLanes) {
    const size_t first = std::min(block, constants.channels() - kBlockLanes);
    for (size_t tap = 0; tap < taps; ++tap) {
      for (size_t lane = 0; lane < kBlockLanes; ++lane) weights.push_back(constants.weight(first + lane, tap));
    }
    for (const auto* values : {&constants.bias, &constants.multiplier, &constants.shift}) {
      if (kRoundsOnce && values == &constants.shift) continue;
      for (const size_t lane : kLanes) words.push_back((*values)[first + lane]);
    }
  }
  return {{make_blob(DType::kI8, weights), make_blob(DType::kI32, words)}};
}

// What its work is linear in: pixels, the taps that are looked for or moved on, blocks of sixteen channels and their
// pairs of taps, single taps, and blocks that are clamped.
template <bool kRoundsOnce>
CostFeatures cost_features(Of<DepthwiseConv2dS8SixteensOf<kRoundsOnce>>, const DepthwiseConv2dS8::Params& p) {
  using Implementation = DepthwiseConv2dS8SixteensOf<kRoundsOnce>;
  const int32_t taps = Implementation::taps_of(p);
  const double blocks = 1.0 * p.batch * p.output_h * p.output_w * Implementation::blocks_of(p);
  const bool clamps = p.activation_min > -128 || p.activation_max < 127;
  CostFeatures terms = tap_terms(p);
  for (const double term : {blocks, blocks * (taps / 2), blocks * (taps % 2), clamps ? blocks : 0})
    terms.push_back(term);
  return terms;
}

}  // namespace tmc::kernels::helium
