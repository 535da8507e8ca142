// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As for conv2d_s8, but in an order in which channels make pairs, which follows the channels.

#include "tmc/kernels/armv7em/conv2d_s8_reordered.hpp"
#include "tmc/kernels/armv7em/pack/conv2d_s8.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS8Reordered>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::prove_channels(constants, p.input_zero_point, armv7em::output_range(p));
  if (!channels) return std::nullopt;
  const auto rows = armv7em::window_rows(p, constants);
  const auto order = armv7em::find_pairing(rows);
  if (!order) return std::nullopt;
  std::vector<std::vector<int8_t>> ordered_rows;
  std::vector<armv7em::Channel> ordered_channels;
  for (const size_t channel : *order) {
    ordered_rows.push_back(rows[channel]);
    ordered_channels.push_back((*channels)[channel]);
  }
  Blob blob = armv7em::channels_blob(ordered_channels);
  for (const size_t channel : *order) blob.bytes.push_back(static_cast<std::byte>(channel));
  blob.bytes.resize((blob.bytes.size() + 3) / 4 * 4);  // elements of the blob are words
  return {{make_blob(DType::kI8, *armv7em::pack_pairs(ordered_rows, 2)), std::move(blob)}};
}

}  // namespace tmc::kernels
