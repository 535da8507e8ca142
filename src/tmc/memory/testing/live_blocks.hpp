// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What tests of memory share: a clock that stands until it is moved, what the system holds, and a model of live blocks.

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>

namespace tmc::memory::testing {

inline std::chrono::steady_clock::time_point test_now;
inline std::chrono::steady_clock::time_point test_clock() {
  return test_now;
}

// Pages of the range that are in memory, by mincore.
size_t resident_pages(const std::byte* begin, size_t bytes);

// Blocks that are live, by address, each filled with a byte of its own: none may overlap another, or be written by one.
class LiveBlocks {
 public:
  void add(std::byte* begin, size_t bytes, size_t alignment);
  // Checks its bytes.
  void remove(std::byte* begin);
  void clear();
  size_t bytes() const { return bytes_; }

 private:
  struct Block {
    size_t bytes;
    uint8_t fill;
  };
  std::map<std::byte*, Block> blocks_;
  size_t bytes_ = 0;
  uint8_t next_fill_ = 0;
};

}  // namespace tmc::memory::testing
