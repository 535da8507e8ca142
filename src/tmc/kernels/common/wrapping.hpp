// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Freestanding.

#include <stdint.h>

namespace tmc::kernels {

// a + b modulo 2^32: as of a zero point and what was rescaled, which multipliers that no compiler writes make any
// number.
constexpr int32_t wrapping_add(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
}

}  // namespace tmc::kernels
