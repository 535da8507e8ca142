// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/conv2d_s4.hpp.

#include "tmc/kernels/host/four_bit_groups.hpp"
#include "tmc/kernels/portable/conv2d_s4.hpp"
#include "tmc/kernels/portable/host/detail/channel.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// Integers, then multipliers, two to a byte; channels as records.
template <typename T>
void append_nibbles(const std::vector<T>& values, int subtracted, std::vector<uint8_t>& packed) {
  for (size_t i = 0; i < values.size(); i += 2) {
    const int high = i + 1 < values.size() ? values[i + 1] - subtracted : 0;
    packed.push_back(static_cast<uint8_t>(((values[i] - subtracted) & 15) | (high & 15) << 4));
  }
}

inline Blobs pack(Of<Conv2dS4>, const Conv2dS4::Params& p, Constants constants) {
  const auto split =
      split_four_bit_groups(constants[0].to_vector<int8_t>(), static_cast<size_t>(kernels::Conv2dS4::inputs(p)),
                            static_cast<size_t>(p.group_inputs));
  if (!split) return std::nullopt;
  std::vector<uint8_t> packed;
  append_nibbles(split->integers, 0, packed);
  append_nibbles(split->multipliers, 1, packed);
  std::vector<Blob> blobs = pack_weights_and_channels(constants);
  blobs[0] = make_blob(DType::kI8, packed);
  return blobs;
}

// What its work is linear in: detail/terms.hpp, and the groups that taps inside the input begin or go on with.
inline CostFeatures cost_features(Of<Conv2dS4>, const Conv2dS4::Params& p) {
  CostFeatures terms = window_terms(kernels::Conv2dS4::in_bytes(p));
  int32_t parts = 0;
  for (int32_t first = 0; first < kernels::Conv2dS4::inputs(p); first += p.input_c) {
    parts += (first + p.input_c - 1) / p.group_inputs - first / p.group_inputs + 1;
  }
  terms.push_back(p.batch * taps_inside(p) * p.output_c * parts / (p.kernel_h * p.kernel_w));
  return terms;
}

}  // namespace tmc::kernels::portable
