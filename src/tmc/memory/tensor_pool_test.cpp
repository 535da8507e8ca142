// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/tensor_pool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "tmc/memory/testing/live_blocks.hpp"

namespace tmc::memory {
namespace {

using testing::LiveBlocks;
using testing::resident_pages;
using testing::test_clock;
using testing::test_now;

constexpr size_t kCapacity = 4 << 20;
constexpr DType kTypes[] = {DType::kBF16, DType::kF16, DType::kF32};

class TensorPoolTest : public ::testing::Test {
 protected:
  Counts counts() const { return registry_.read().begin()->second; }

  Registry registry_;
  TensorPool pool_{kCapacity, registry_, {"tensors", "m"}, {.clock = test_clock}};
};

// What a block takes of free pages at least: a slab, or its units.
size_t needed_bytes(size_t bytes) {
  return bytes <= 256 ? 4096 : *round_up(bytes, 1024);
}

TEST_F(TensorPoolTest, BlocksOfRandomSequencesKeepToThemselves) {
  std::mt19937 random(3);
  LiveBlocks live;
  std::vector<TensorHandle> tensors, stale;
  for (int i = 0; i < 30000; ++i) {
    if (random() % 4 < 3) {
      const size_t count = random() % 8 == 0 ? random() % 100000 : random() % 2000;
      const DType dtype = kTypes[random() % 3];
      const auto tensor = pool_.allocate(dtype, count);
      if (tensor) {
        ASSERT_NO_FATAL_FAILURE(live.add(pool_.data(*tensor), tensor->bytes(), kCacheLineBytes));
        tensors.push_back(*tensor);
        continue;
      }
      EXPECT_LT(pool_.statistics().largest_block_bytes, needed_bytes(count * dtype_bytes(dtype)));
    }
    for (size_t n = random() % 3 + 1; n > 0 && !tensors.empty(); --n) {
      std::swap(tensors[random() % tensors.size()], tensors.back());
      ASSERT_NO_FATAL_FAILURE(live.remove(pool_.data(tensors.back())));
      ASSERT_TRUE(pool_.release(tensors.back()));
      stale.push_back(tensors.back());
      tensors.pop_back();
    }
    if (i % 1000 == 0) pool_.trim({});
  }
  for (const TensorHandle& tensor : stale) {
    ASSERT_EQ(pool_.data(tensor), nullptr);
    ASSERT_FALSE(pool_.release(tensor));
  }
  for (const TensorHandle& tensor : tensors) ASSERT_TRUE(pool_.release(tensor));
  EXPECT_EQ(counts().live_bytes, 0U);
  EXPECT_EQ(pool_.statistics().largest_block_bytes, kCapacity);
  EXPECT_GT(counts().refused, 0U);
}

TEST_F(TensorPoolTest, AHandleIsStaleWhenItsBlockIsAnotherOnes) {
  for (const size_t count : {8, 5000}) {
    const auto first = pool_.allocate(DType::kF32, count);
    std::byte* const where = pool_.data(*first);
    EXPECT_TRUE(pool_.release(*first));
    EXPECT_FALSE(pool_.release(*first));
    const auto second = pool_.allocate(DType::kF32, count);
    ASSERT_EQ(pool_.data(*second), where);
    EXPECT_EQ(pool_.data(*first), nullptr);
    EXPECT_FALSE(pool_.release(*first));
    EXPECT_EQ(pool_.data(*second), where);
    EXPECT_TRUE(pool_.release(*second));
  }
}

TEST_F(TensorPoolTest, ASlabServesAnotherClassWhenItIsEmpty) {
  std::vector<TensorHandle> small;
  while (const auto tensor = pool_.allocate(DType::kF32, 16)) small.push_back(*tensor);
  EXPECT_EQ(small.size(), kCapacity / 64);
  EXPECT_FALSE(pool_.allocate(DType::kF16, 4096));
  for (const auto& tensor : small) pool_.release(tensor);
  std::vector<TensorHandle> large;
  while (const auto tensor = pool_.allocate(DType::kF16, 4096)) large.push_back(*tensor);
  EXPECT_EQ(large.size(), kCapacity / 8192);
  for (const auto& tensor : small) EXPECT_FALSE(pool_.release(tensor));
  for (const auto& tensor : large) EXPECT_TRUE(pool_.release(tensor));
  const auto whole = pool_.allocate(DType::kF32, kCapacity / 4);
  ASSERT_TRUE(whole);
  EXPECT_FALSE(pool_.allocate(DType::kF32, 0));
}

TEST_F(TensorPoolTest, FreePagesServeABlockWhereverTheyAre) {
  LiveBlocks live;
  std::vector<TensorHandle> tensors;
  while (const auto tensor = pool_.allocate(DType::kBF16, 32768)) {
    ASSERT_NO_FATAL_FAILURE(live.add(pool_.data(*tensor), tensor->bytes(), kCacheLineBytes));
    tensors.push_back(*tensor);
  }
  ASSERT_EQ(tensors.size(), kCapacity / 65536);
  for (size_t i = 0; i < tensors.size(); i += 2) {
    ASSERT_NO_FATAL_FAILURE(live.remove(pool_.data(tensors[i])));
    ASSERT_TRUE(pool_.release(tensors[i]));
  }
  EXPECT_EQ(pool_.statistics().largest_block_bytes, kCapacity / 2) << "in holes of 64 KiB";
  const auto half = pool_.allocate(DType::kF32, kCapacity / 8);
  ASSERT_TRUE(half);
  ASSERT_NO_FATAL_FAILURE(live.add(pool_.data(*half), half->bytes(), kCacheLineBytes));
  EXPECT_FALSE(pool_.allocate(DType::kF32, 1));
  EXPECT_EQ(counts().retained_bytes, kCapacity);
  ASSERT_NO_FATAL_FAILURE(live.clear());
}

TEST_F(TensorPoolTest, KeepsNoMoreThanItsPeakAndAShare) {
  std::mt19937 random(6);
  std::vector<TensorHandle> tensors;
  for (int i = 0; i < 20000; ++i) {
    if (random() % 2 == 0 || tensors.empty()) {
      const auto tensor = pool_.allocate(DType::kF32, size_t{1} << random() % 15);
      if (tensor) tensors.push_back(*tensor);
    } else {
      std::swap(tensors[random() % tensors.size()], tensors.back());
      ASSERT_TRUE(pool_.release(tensors.back()));
      tensors.pop_back();
    }
    const TensorPool::Statistics now = pool_.statistics();
    ASSERT_LE(now.live_bytes, now.peak_live_bytes);
    const size_t most = now.peak_live_bytes + std::max<size_t>(now.peak_live_bytes / 50, 32768);
    ASSERT_LE(now.retained_bytes, std::max(most, now.used_page_bytes));
  }
  EXPECT_GT(counts().returned_bytes, 0U);
}

TEST_F(TensorPoolTest, SizesThatWrapAreRefused) {
  EXPECT_FALSE(pool_.allocate(DType::kF32, SIZE_MAX / 4 + 2));
  EXPECT_FALSE(pool_.allocate(DType::kBF16, SIZE_MAX / 2));
  EXPECT_FALSE(pool_.allocate(DType::kF32, kCapacity / 4 + 1));
  EXPECT_THROW(static_cast<void>(static_cast<std::pmr::memory_resource&>(pool_).allocate(SIZE_MAX, 64)),
               std::bad_alloc);
  EXPECT_EQ(counts().refused, 4U);
}

TEST_F(TensorPoolTest, NoElementsAreTheSmallestBlock) {
  const auto none = pool_.allocate(DType::kF32, 0);
  ASSERT_TRUE(none);
  EXPECT_NE(pool_.data(*none), nullptr);
  EXPECT_EQ(counts().live_bytes, kCacheLineBytes);
  EXPECT_TRUE(pool_.release(*none));
}

TEST_F(TensorPoolTest, ServesContainersAtEveryAlignment) {
  std::pmr::memory_resource& resource = pool_;
  std::mt19937 random(4);
  for (size_t alignment = 1; alignment <= page_bytes(); alignment *= 2) {
    LiveBlocks live;
    std::vector<std::pair<void*, size_t>> blocks;
    for (int i = 0; i < 60; ++i) {
      const size_t bytes = random() % 9000;
      blocks.emplace_back(resource.allocate(bytes, alignment), bytes);
      ASSERT_NO_FATAL_FAILURE(live.add(static_cast<std::byte*>(blocks.back().first), bytes, alignment));
    }
    ASSERT_NO_FATAL_FAILURE(live.clear());
    for (const auto& [block, bytes] : blocks) resource.deallocate(block, bytes, alignment);
  }
  EXPECT_THROW(static_cast<void>(resource.allocate(1, 2 * page_bytes())), std::bad_alloc);
  EXPECT_EQ(counts().live_bytes, 0U);
}

TEST_F(TensorPoolTest, FreeingWhatIsNotLiveEndsTheProgram) {
  std::pmr::memory_resource& resource = pool_;
  void* const block = resource.allocate(100, 8);
  EXPECT_DEATH(resource.deallocate(static_cast<std::byte*>(block) + 64, 100, 8), "");
  EXPECT_DEATH(resource.deallocate(&resource, 100, 8), "");
  resource.deallocate(block, 100, 8);
  EXPECT_DEATH(resource.deallocate(block, 100, 8), "");
}

TEST_F(TensorPoolTest, GivesPagesBackAfterIdle) {
  test_now = {};
  const auto first = pool_.allocate(DType::kF32, 100 * page_bytes() / 4);
  const auto second = pool_.allocate(DType::kF32, 50 * page_bytes() / 4);
  std::byte* const begin = pool_.data(*first);
  std::memset(begin, 1, first->bytes());
  std::memset(pool_.data(*second), 2, second->bytes());
  EXPECT_EQ(resident_pages(begin, 150 * page_bytes()), 150U);
  pool_.release(*first);
  test_now += std::chrono::seconds(5);
  EXPECT_EQ(pool_.trim(std::chrono::seconds(6)), 0U);
  EXPECT_EQ(counts().unused_bytes(), 100 * page_bytes());
  EXPECT_EQ(pool_.trim(std::chrono::seconds(5)), 100 * page_bytes());
  EXPECT_EQ(pool_.trim(std::chrono::seconds(5)), 0U);
  EXPECT_EQ(resident_pages(begin, 150 * page_bytes()), 50U);
  EXPECT_EQ(counts().returned_bytes, 100 * page_bytes());
  EXPECT_EQ(pool_.data(*second)[0], std::byte{2});
  const auto third = pool_.allocate(DType::kF32, 10);
  EXPECT_EQ(pool_.data(*third), begin);
  EXPECT_EQ(begin[0], std::byte{0});
}

TEST_F(TensorPoolTest, OneOfTwoThreadsReleases) {
  for (int round = 0; round < 200; ++round) {
    const auto tensor = pool_.allocate(DType::kF32, round % 2 == 0 ? 16 : 5000);
    ASSERT_TRUE(tensor);
    std::atomic<int> releases = 0;
    const auto release = [&] {
      if (pool_.release(*tensor)) ++releases;
    };
    std::thread other(release);
    release();
    other.join();
    EXPECT_EQ(releases, 1);
    EXPECT_EQ(pool_.data(*tensor), nullptr);
  }
  EXPECT_EQ(counts().live_bytes, 0U);
}

TEST_F(TensorPoolTest, ThreadsHaveBlocksOfTheirOwn) {
  std::vector<std::thread> threads;
  for (unsigned seed = 0; seed < 4; ++seed) {
    threads.emplace_back([this, seed] {
      std::mt19937 random(seed);
      for (int i = 0; i < 400; ++i) {
        LiveBlocks live;
        std::vector<TensorHandle> tensors;
        for (int n = 0; n < 6; ++n) {
          tensors.push_back(*pool_.allocate(kTypes[n % 3], random() % 5000));
          live.add(pool_.data(tensors.back()), tensors.back().bytes(), kCacheLineBytes);
        }
        live.clear();
        for (const auto& tensor : tensors) EXPECT_TRUE(pool_.release(tensor));
        if (i % 50 == 0) pool_.trim({});
      }
    });
  }
  for (int i = 0; i < 100; ++i) EXPECT_LE(counts().live_bytes, kCapacity);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(counts().live_bytes, 0U);
  EXPECT_EQ(counts().allocations, 9600U);
}

}  // namespace
}  // namespace tmc::memory
