// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tells the address sanitizer which bytes of a block of memory are given out; nothing in builds without it.

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define TMC_MEMORY_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TMC_MEMORY_POISONS 1
#endif
#endif

#ifdef TMC_MEMORY_POISONS
#include <sanitizer/asan_interface.h>
#endif

namespace tmc::memory {

inline void poison([[maybe_unused]] const void* begin, [[maybe_unused]] size_t bytes) {
#ifdef TMC_MEMORY_POISONS
  __asan_poison_memory_region(begin, bytes);
#endif
}

inline void unpoison([[maybe_unused]] const void* begin, [[maybe_unused]] size_t bytes) {
#ifdef TMC_MEMORY_POISONS
  __asan_unpoison_memory_region(begin, bytes);
#endif
}

}  // namespace tmc::memory
