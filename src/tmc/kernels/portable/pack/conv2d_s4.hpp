// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Integers, then multipliers, two to a byte; channels as records.

#include "tmc/kernels/host/four_bit_groups.hpp"
#include "tmc/kernels/portable/conv2d_s4.hpp"
#include "tmc/kernels/portable/pack/channel.hpp"

namespace tmc::kernels::portable {

template <typename T>
void append_nibbles(const std::vector<T>& values, int subtracted, std::vector<uint8_t>& packed) {
  for (size_t i = 0; i < values.size(); i += 2) {
    const int high = i + 1 < values.size() ? values[i + 1] - subtracted : 0;
    packed.push_back(static_cast<uint8_t>(((values[i] - subtracted) & 15) | (high & 15) << 4));
  }
}

}  // namespace tmc::kernels::portable

namespace tmc::kernels {

inline Blobs pack(Tag<portable::Conv2dS4>, const Conv2dS4::Params& p, std::span<const ConstantView> constants) {
  const auto split = split_four_bit_groups(constants[0].to_vector<int8_t>(), static_cast<size_t>(Conv2dS4::inputs(p)),
                                           static_cast<size_t>(p.group_inputs));
  if (!split) return std::nullopt;
  std::vector<uint8_t> packed;
  portable::append_nibbles(split->integers, 0, packed);
  portable::append_nibbles(split->multipliers, 1, packed);
  std::vector<Blob> blobs = portable::pack_weights_and_channels(constants);
  blobs[0] = make_blob(DType::kI8, packed);
  return blobs;
}

}  // namespace tmc::kernels
