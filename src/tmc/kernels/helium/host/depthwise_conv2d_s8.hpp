// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of helium/depthwise_conv2d_s8.hpp.

#include "tmc/kernels/helium/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/helium/host/detail/channels.hpp"
#include "tmc/kernels/helium/host/detail/tap_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::helium {

// Weights in blocks of eight channels, tap by tap; channels in the same blocks, even lanes before odd ones.
inline Blobs pack(Of<DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p, Constants views) {
  using Implementation = DepthwiseConv2dS8;
  constexpr size_t kLanes[Implementation::kLanes] = {0, 2, 4, 6, 1, 3, 5, 7};
  ChannelConstants constants(views);
  constants.fold_into_bias(p.input_zero_point);
  if (!sums_of_pairs_fit(constants, 0)) return std::nullopt;
  const size_t taps = constants.weights_of_one();
  std::vector<int8_t> weights;
  for (size_t block = 0; block < constants.channels(); block += Implementation::kLanes) {
    for (size_t tap = 0; tap < static_cast<size_t>(Implementation::even_taps(p)); ++tap) {
      for (size_t lane = 0; lane < Implementation::kLanes; ++lane) {
        weights.push_back(tap < taps ? constants.weight(block + lane, tap) : int8_t{0});
      }
    }
  }
  return {{make_blob(DType::kI8, weights), channel_blocks(constants, kLanes)}};
}

// What its work is linear in: pixels, the taps that are looked for or moved on, blocks of eight channels and their
// pairs of taps; a last block that is not full.
inline CostFeatures cost_features(Of<DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p) {
  using Implementation = DepthwiseConv2dS8;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double blocks = pixels * ((p.input_c + Implementation::kLanes - 1) / Implementation::kLanes);
  const bool partial = p.input_c % Implementation::kLanes != 0;
  CostFeatures terms = tap_terms(p);
  for (const bool this_one : {!partial, partial}) {
    terms.push_back(this_one ? blocks : 0);
    terms.push_back(this_one ? blocks * Implementation::even_taps(p) : 0);
  }
  return terms;
}

}  // namespace tmc::kernels::helium
