// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The sizes that small blocks have, and how many pages a slab of such blocks takes. To 512 bytes they are multiples of
// a cache line, then four to each doubling, so that at most a fifth of a block is not asked for.

#include <bit>
#include <cstddef>

#include "tmc/memory/sizes.hpp"

namespace tmc::memory {

inline constexpr size_t kLargestClassBytes = 8192;  // what is larger takes pages of its own
inline constexpr size_t kClasses = 24;
inline constexpr size_t kSlabBytes[] = {16384, 32768};  // of classes up to 1024 bytes, and of larger ones
inline constexpr size_t kMostBlocks = kSlabBytes[0] / kCacheLineBytes;

constexpr size_t class_of(size_t bytes) {
  if (bytes <= kCacheLineBytes) return 0;
  if (bytes <= 512) return (bytes - 1) / kCacheLineBytes;
  const auto doublings = static_cast<size_t>(std::bit_width(bytes - 1)) - 10;  // beyond 512
  return 8 + doublings * 4 + ((bytes - 1) >> (doublings + 7)) - 4;
}

constexpr size_t class_bytes(size_t index) {
  if (index < 8) return (index + 1) * kCacheLineBytes;
  return (5 + (index - 8) % 4) << ((index - 8) / 4 + 7);
}

constexpr size_t slab_bytes(size_t index) {
  return kSlabBytes[class_bytes(index) > 1024 ? 1 : 0];
}

static_assert(class_of(kLargestClassBytes) == kClasses - 1 && class_bytes(kClasses - 1) == kLargestClassBytes);

}  // namespace tmc::memory
