// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elements that are only moved: integers of their size stand for them.

#include <stdint.h>

namespace tmc::kernels::portable {

constexpr bool is_element_size(int32_t bytes) {
  return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
}

// Calls move(zero of the integer type of so many bytes).
template <typename Move>
inline void with_element(int32_t bytes, Move move) {
  switch (bytes) {
    case 1:
      return move(uint8_t{});
    case 2:
      return move(uint16_t{});
    case 4:
      return move(uint32_t{});
    default:
      return move(uint64_t{});
  }
}

}  // namespace tmc::kernels::portable
