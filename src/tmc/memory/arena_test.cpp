// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/arena.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tmc/memory/testing/live_blocks.hpp"

namespace tmc::memory {
namespace {

using testing::LiveBlocks;
using testing::resident_pages;
using testing::test_clock;
using testing::test_now;

class ArenaTest : public ::testing::Test {
 protected:
  Counts counts() const { return registry_.read().begin()->second; }
  Registry registry_;
};

TEST_F(ArenaTest, BlocksOfRandomSequencesKeepToThemselves) {
  std::mt19937 random(15);
  Arena arena(1 << 20, registry_, {"arena", "m"});
  for (int request = 0; request < 200; ++request) {
    LiveBlocks live;
    for (;;) {
      const size_t alignment = size_t{1} << random() % 13;
      const size_t bytes = random() % 3 == 0 ? random() % 100000 : random() % 300;
      const size_t before = arena.used_bytes();
      std::byte* const block = arena.allocate(bytes, alignment);
      if (block == nullptr) {
        EXPECT_GT(before + alignment + kCacheLineBytes + bytes, arena.capacity_bytes());
        EXPECT_EQ(arena.used_bytes(), before);
        break;
      }
      if (bytes == 0) continue;  // the next begins there too
      ASSERT_NO_FATAL_FAILURE(live.add(block, bytes, std::max(alignment, kCacheLineBytes)));
    }
    EXPECT_EQ(counts().live_bytes, arena.used_bytes());
    ASSERT_NO_FATAL_FAILURE(live.clear());
    arena.reset();
    EXPECT_EQ(arena.used_bytes(), 0U);
  }
}

TEST_F(ArenaTest, IsFullAtItsCapacityAndNotBefore) {
  Arena arena(1000, registry_, {"arena", "m"});
  EXPECT_NE(arena.allocate(960), nullptr);
  EXPECT_EQ(arena.allocate(41), nullptr);
  EXPECT_NE(arena.allocate(40), nullptr);
  EXPECT_EQ(arena.allocate(1), nullptr);
  EXPECT_EQ(counts().refused, 2U);
  arena.reset();
  EXPECT_NE(arena.allocate(1000), nullptr);
}

TEST_F(ArenaTest, RefusesSizesThatWrapAndWideAlignments) {
  Arena arena(1 << 16, registry_, {"arena", "m"});
  ASSERT_NE(arena.allocate(1), nullptr);
  EXPECT_EQ(arena.allocate(SIZE_MAX), nullptr);
  EXPECT_EQ(arena.allocate(SIZE_MAX - 63), nullptr);
  EXPECT_TRUE(arena.allocate_array<float>(SIZE_MAX / 4 + 2).empty());
  EXPECT_EQ(arena.allocate(1, 2 * page_bytes()), nullptr);
  EXPECT_THROW(static_cast<void>(static_cast<std::pmr::memory_resource&>(arena).allocate(1 << 17)), std::bad_alloc);
  EXPECT_EQ(arena.used_bytes(), 1U);
}

TEST_F(ArenaTest, NoBytesTakeNone) {
  Arena arena(64, registry_, {"arena", "m"});
  EXPECT_NE(arena.allocate(0), nullptr);
  EXPECT_TRUE(arena.allocate_array<float>(0).empty());
  EXPECT_EQ(arena.used_bytes(), 0U);
  EXPECT_EQ(arena.allocate_array<float>(16).size(), 16U);
}

TEST_F(ArenaTest, KnowsItsHighWaterMark) {
  Arena arena(1 << 16, registry_, {"arena", "m"});
  ASSERT_NE(arena.allocate(5000), nullptr);
  EXPECT_EQ(arena.high_water_bytes(), 5000U);
  arena.reset();
  ASSERT_NE(arena.allocate(10), nullptr);
  EXPECT_EQ(arena.high_water_bytes(), 5000U);
}

TEST_F(ArenaTest, ServesContainersOfThisRequest) {
  Arena arena(1 << 16, registry_, {"arena", "m"});
  std::pmr::vector<int> numbers(&arena);
  for (int i = 0; i < 1000; ++i) numbers.push_back(i);
  EXPECT_EQ(numbers[999], 999);
  EXPECT_GE(arena.used_bytes(), 4000U);
}

TEST_F(ArenaTest, GivesPagesBackAfterIdle) {
  test_now = {};
  const size_t bytes = 64 * page_bytes();
  Arena arena(bytes, registry_, {"arena", "m"}, test_clock);
  std::byte* const block = arena.allocate(bytes);
  ASSERT_NE(block, nullptr);
  std::memset(block, 1, bytes);
  EXPECT_EQ(resident_pages(block, bytes), 64U);
  arena.reset();
  test_now += std::chrono::seconds(9);
  EXPECT_EQ(arena.trim(std::chrono::seconds(10)), 0U);
  EXPECT_EQ(counts().unused_bytes(), bytes);
  test_now += std::chrono::seconds(1);
  EXPECT_EQ(arena.trim(std::chrono::seconds(10)), bytes);
  EXPECT_EQ(resident_pages(block, bytes), 0U);
  EXPECT_EQ(counts().retained_bytes, 0U);
  EXPECT_EQ(counts().returned_bytes, bytes);
  ASSERT_EQ(arena.allocate(bytes), block);
  EXPECT_EQ(block[bytes - 1], std::byte{0});
}

TEST_F(ArenaTest, KeepsPagesOfLiveBlocks) {
  test_now = {};
  Arena arena(64 * page_bytes(), registry_, {"arena", "m"}, test_clock);
  ASSERT_NE(arena.allocate(64 * page_bytes()), nullptr);
  arena.reset();
  std::byte* const block = arena.allocate(page_bytes() + 1);
  ASSERT_NE(block, nullptr);
  block[page_bytes()] = std::byte{7};
  EXPECT_EQ(arena.trim({}), 62 * page_bytes());
  EXPECT_EQ(block[page_bytes()], std::byte{7});
}

#ifdef TMC_MEMORY_POISONS
TEST_F(ArenaTest, SanitizerSeesWhatReadsPastABlock) {
  Arena arena(4096, registry_, {"arena", "m"});
  volatile std::byte* const block = arena.allocate(100);
  EXPECT_DEATH(static_cast<void>(block[100]), "use-after-poison");
  arena.reset();
  EXPECT_DEATH(static_cast<void>(block[0]), "use-after-poison");
}
#endif

}  // namespace
}  // namespace tmc::memory
