// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s8_reordered.hpp.

#include "tmc/kernels/armv7em/conv2d_s8_reordered.hpp"
#include "tmc/kernels/armv7em/host/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// As for conv2d_s8, but in an order in which channels make pairs, which follows the channels.
inline Blobs pack(Of<Conv2dS8Reordered>, const Conv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = prove_channels(constants, p.input_zero_point, output_range(p));
  if (!channels) return std::nullopt;
  const auto rows = window_rows(p, constants);
  const auto order = find_pairing(rows);
  if (!order) return std::nullopt;
  std::vector<std::vector<int8_t>> ordered_rows;
  std::vector<Channel> ordered_channels;
  for (const size_t channel : *order) {
    ordered_rows.push_back(rows[channel]);
    ordered_channels.push_back((*channels)[channel]);
  }
  Blob blob = channels_blob(ordered_channels);
  for (const size_t channel : *order) blob.bytes.push_back(static_cast<std::byte>(channel));
  blob.bytes.resize((blob.bytes.size() + 3) / 4 * 4);  // elements of the blob are words
  return {{make_blob(DType::kI8, *pack_pairs(ordered_rows, 2)), std::move(blob)}};
}

// What its work is linear in: channels to unpack, tiles of three pixels, channel pairs, how windows are gathered, and
// values that are put in order.
inline CostFeatures cost_features(Of<Conv2dS8Reordered>, const Conv2dS8Reordered::Params& p) {
  CostFeatures terms = window_terms(p, kTilePixels);
  terms.push_back(1.0 * p.batch * p.output_h * p.output_w * p.output_c);
  return terms;
}

}  // namespace tmc::kernels::armv7em
