// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Integers of 64 bits on processors of 32: what would be a large function of the compiler's library. Freestanding.

#include <stdint.h>

namespace tmc::stream {

struct Quotient {
  uint64_t quotient = 0;
  uint32_t rest = 0;
};

// number / divisor, bit by bit; the divisor is in [1, 2^31].
constexpr Quotient divide(uint64_t number, uint32_t divisor) {
  Quotient result;
  for (int bit = 63; bit >= 0; --bit) {
    result.rest = result.rest << 1 | static_cast<uint32_t>(number >> bit & 1);
    if (result.rest >= divisor) {
      result.rest -= divisor;
      result.quotient |= uint64_t{1} << bit;
    }
  }
  return result;
}

// The upper 64 bits of a * b.
constexpr uint64_t multiply_high(uint64_t a, uint64_t b) {
  const uint64_t a_low = a & 0xFFFFFFFF;
  const uint64_t b_low = b & 0xFFFFFFFF;
  const uint64_t a_high = a >> 32;
  const uint64_t b_high = b >> 32;
  const uint64_t middle = a_high * b_low + (a_low * b_low >> 32);
  const uint64_t other = a_low * b_high + (middle & 0xFFFFFFFF);
  return a_high * b_high + (middle >> 32) + (other >> 32);
}

}  // namespace tmc::stream
