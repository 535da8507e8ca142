// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sizes that do not wrap: what a caller multiplies or rounds up either fits or is refused.

#include <cstddef>
#include <cstdint>
#include <optional>

namespace tmc::memory {

inline constexpr size_t kCacheLineBytes = 64;

// Nothing where it does not fit.
constexpr std::optional<size_t> product(size_t a, size_t b) {
  size_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
  return result;
}

// The next multiple of a power of two; nothing where it does not fit.
constexpr std::optional<size_t> round_up(size_t value, size_t multiple) {
  size_t sum = 0;
  if (__builtin_add_overflow(value, multiple - 1, &sum)) return std::nullopt;
  return sum & ~(multiple - 1);
}

}  // namespace tmc::memory
