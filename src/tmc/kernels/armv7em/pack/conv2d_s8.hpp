// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as channel pairs, a window in the order of detail/window.hpp, filled up with zeros.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/pack/pairs.hpp"

namespace tmc::kernels::armv7em {

// rows[channel]: its window in the order of the lanes.
inline std::vector<std::vector<int8_t>> window_rows(const kernels::Conv2dS8::Params& p, ChannelConstants& constants) {
  const auto row_values = static_cast<size_t>(p.kernel_w * p.input_c);
  const auto tail = static_cast<size_t>(armv7em::row_tail(p));
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

}  // namespace tmc::kernels::armv7em

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS8>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  ChannelConstants constants(views);
  const auto channels = armv7em::prove_channels(constants, p.input_zero_point, armv7em::output_range(p));
  if (!channels) return std::nullopt;
  const auto packed = armv7em::pack_pairs(armv7em::window_rows(p, constants), 2);
  if (!packed) return std::nullopt;
  return {{make_blob(DType::kI8, *packed), armv7em::channels_blob(*channels)}};
}

}  // namespace tmc::kernels
