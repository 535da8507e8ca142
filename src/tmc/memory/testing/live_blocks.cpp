// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/testing/live_blocks.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "tmc/memory/mapping.hpp"

namespace tmc::memory::testing {

size_t resident_pages(const std::byte* begin, size_t bytes) {
  std::vector<unsigned char> pages((bytes + page_bytes() - 1) / page_bytes());
  EXPECT_EQ(mincore(const_cast<std::byte*>(begin), bytes, pages.data()), 0);
  return static_cast<size_t>(
      std::count_if(pages.begin(), pages.end(), [](unsigned char page) { return (page & 1) != 0; }));
}

void LiveBlocks::add(std::byte* begin, size_t bytes, size_t alignment) {
  ASSERT_NE(begin, nullptr);
  ASSERT_EQ(reinterpret_cast<uintptr_t>(begin) % alignment, 0U);
  const auto next = blocks_.lower_bound(begin);
  if (next != blocks_.end()) ASSERT_LE(begin + std::max<size_t>(bytes, 1), next->first);
  if (next != blocks_.begin()) ASSERT_LE(std::prev(next)->first + std::prev(next)->second.bytes, begin);
  blocks_[begin] = {bytes, ++next_fill_};
  bytes_ += bytes;
  std::memset(begin, next_fill_, bytes);
}

void LiveBlocks::remove(std::byte* begin) {
  const Block block = blocks_.at(begin);
  const auto is_fill = [&](std::byte byte) { return byte == std::byte{block.fill}; };
  ASSERT_TRUE(std::all_of(begin, begin + block.bytes, is_fill));
  bytes_ -= block.bytes;
  blocks_.erase(begin);
}

void LiveBlocks::clear() {
  while (!blocks_.empty()) remove(blocks_.begin()->first);
}

}  // namespace tmc::memory::testing
