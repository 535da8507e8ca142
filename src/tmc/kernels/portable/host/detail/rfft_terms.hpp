// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the work of the integer transforms is linear in: frames, their pairs, and pairs of the stages of radix 4 and 2.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/detail/rfft_s16.hpp"

namespace tmc::kernels::portable {

inline CostFeatures rfft_terms(int32_t length, int32_t frames) {
  const int32_t bits = rfft::pair_bits(length);
  const double pairs = 1.0 * frames * (1 << bits);
  const int32_t fours = bits / 2;
  return {1.0 * frames, pairs, pairs * fours, pairs * (bits % 2)};
}

}  // namespace tmc::kernels::portable
