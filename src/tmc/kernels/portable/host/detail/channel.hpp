// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Interleaves bias, multiplier and shift into the `Channel` records that the portable implementations read.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::portable {

// constants: weights i8 or i16, bias i32, multiplier i32, shift i32, the latter three of one length.
inline std::vector<Blob> pack_weights_and_channels(Constants constants) {
  const auto bias = constants[1].to_vector<int32_t>();
  const auto multiplier = constants[2].to_vector<int32_t>();
  const auto shift = constants[3].to_vector<int32_t>();
  std::vector<int32_t> channels;
  for (size_t i = 0; i < bias.size(); ++i) channels.insert(channels.end(), {bias[i], multiplier[i], shift[i]});
  const bool is_wide = constants[0].dtype == DType::kI16;
  return {is_wide ? make_blob(DType::kI16, constants[0].to_vector<int16_t>())
                  : make_blob(DType::kI8, constants[0].to_vector<int8_t>()),
          make_blob(DType::kI32, channels)};
}

}  // namespace tmc::kernels::portable
