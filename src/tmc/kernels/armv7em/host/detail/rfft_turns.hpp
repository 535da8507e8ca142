// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the integer transforms of this folder share: their twiddles, and what their work is linear in.

#include "tmc/kernels/armv7em/detail/rfft_lanes.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The twiddles of the stages in the order in which they are read, then those of the separation.
inline Blobs pack_rfft_turns(int32_t length, Constants constants) {
  const auto turns = constants[0].to_vector<int16_t>();
  const int32_t bits = rfft::pair_bits(length);
  std::vector<int16_t> packed;
  for (int32_t m = rfft::first_radix(bits); m < 1 << bits; m *= 4) {
    const int32_t step = (1 << bits) / (4 * m);
    for (int32_t k = 1; k < m; ++k) {
      for (int32_t i = 1; i < 4; ++i) {
        const auto at = static_cast<size_t>(2 * i * k * step);
        packed.insert(packed.end(), {turns[at], turns[at + 1]});
      }
    }
  }
  packed.insert(packed.end(), turns.begin() + 2 * rfft_stage_twiddles(length), turns.end());
  return {{make_blob(DType::kI16, packed, /*is_table=*/true)}};
}

// Frames, pairs, and pairs and groups of the later stages.
inline CostFeatures rfft_terms(int32_t length, int32_t frames) {
  const int32_t bits = rfft::pair_bits(length);
  const double pairs = 1.0 * frames * (1 << bits);
  double joined = 0;
  double groups = 0;
  for (int32_t m = rfft::first_radix(bits); m < 1 << bits; m *= 4) {
    joined += pairs;
    groups += pairs / (4 * m);
  }
  return {1.0 * frames, pairs, joined, groups};
}

}  // namespace tmc::kernels::armv7em
