// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The order in which transforms of radix 4 want their groups.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// The digits of `number` in base 4, of which there are `digits` at most 15, in reverse.
inline int32_t reversed_digits(int32_t number, int32_t digits) {
  const uint32_t bits = (reversed_bits(static_cast<uint32_t>(number)) >> 1) >> (31 - 2 * digits);
  return static_cast<int32_t>((bits & 0x55555555U) << 1 | ((bits >> 1) & 0x55555555U));
}

}  // namespace tmc::kernels::armv7em
