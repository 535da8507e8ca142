// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/run_heap.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace tmc::memory {
namespace {

constexpr size_t kUnits = 4096;
constexpr size_t kBytes = kUnits * RunHeap::kUnitBytes;

class RunHeapTest : public ::testing::Test {
 protected:
  Registry registry_;
  const Counting counting_{registry_, {"runs", "m"}};
  PageLimit limit_{kBytes / page_bytes()};
  RunHeap heap_{kBytes, limit_, counting_.cell()};
};

// Holes between the runs that are taken, longest first.
std::vector<size_t> holes(const std::map<uint32_t, size_t>& taken) {
  std::vector<size_t> lengths;
  size_t end = 0;
  for (const auto& [first, units] : taken) {
    if (first > end) lengths.push_back(first - end);
    end = first + units;
  }
  if (kUnits > end) lengths.push_back(kUnits - end);
  std::sort(lengths.rbegin(), lengths.rend());
  return lengths;
}

TEST_F(RunHeapTest, TakesWhatThereIsAndNeighboursThatAreFreeAreOneRun) {
  std::mt19937 random(2);
  std::map<uint32_t, size_t> taken;
  for (int i = 0; i < 20000; ++i) {
    const size_t units = random() % 10 == 0 ? 1 + random() % 900 : 1 + random() % 40;
    if (random() % 16 < 9) {
      const auto longest = holes(taken);
      const auto first = heap_.take(units, 1);
      ASSERT_EQ(first.has_value(), !longest.empty() && longest[0] >= units);
      if (!first) continue;
      const auto next = taken.lower_bound(*first);
      ASSERT_TRUE(next == taken.end() || *first + units <= next->first);
      ASSERT_TRUE(next == taken.begin() || std::prev(next)->first + std::prev(next)->second <= *first);
      ASSERT_EQ(heap_.units_of(*first), units);
      taken[*first] = units;
    } else if (!taken.empty()) {
      const auto at = std::next(taken.begin(), static_cast<ptrdiff_t>(random() % taken.size()));
      heap_.release(at->first, {});
      taken.erase(at);
    }
    const auto longest = holes(taken);
    ASSERT_EQ(heap_.longest_run_bytes(), (longest.empty() ? 0 : longest[0]) * RunHeap::kUnitBytes);
  }
  for (const auto& [first, units] : taken) heap_.release(first, {});
  EXPECT_EQ(heap_.longest_run_bytes(), kBytes);
  EXPECT_EQ(heap_.used_page_bytes(), 0U);
}

TEST_F(RunHeapTest, TakesTheShortestThatFits) {
  std::vector<uint32_t> runs;
  for (const size_t units : {20, 1, 9, 1, 12, 1, 10, 1}) runs.push_back(*heap_.take(units, 1));
  for (const size_t i : {0, 2, 4, 6}) heap_.release(runs[i], {});
  EXPECT_EQ(heap_.take(10, 1), runs[6]);
  EXPECT_EQ(heap_.take(10, 1), runs[4]);
  EXPECT_EQ(heap_.take(9, 1), runs[2]);
  EXPECT_EQ(heap_.take(13, 1), runs[0]);
}

TEST_F(RunHeapTest, BeginsAtMultiples) {
  ASSERT_TRUE(heap_.take(3, 1));
  EXPECT_EQ(heap_.take(5, 4), 4U);
  EXPECT_EQ(heap_.take(1, 1), 3U) << "what is left before it";
  EXPECT_EQ(heap_.take(1, 4), 12U);
}

TEST_F(RunHeapTest, GivesTheHighestPagesBack) {
  const size_t page_units = page_bytes() / RunHeap::kUnitBytes;
  const auto low = heap_.take(10 * page_units, 1), kept = heap_.take(page_units, 1),
             high = heap_.take(20 * page_units, 1);
  ASSERT_TRUE(low && kept && high);
  EXPECT_EQ(heap_.give_back_highest(kBytes), 0U) << "all is taken";
  heap_.release(*low, {});
  heap_.release(*high, {});
  EXPECT_EQ(heap_.retained_bytes(), 31 * page_bytes());
  EXPECT_EQ(heap_.give_back_highest(page_bytes() - 1), 0U);
  EXPECT_EQ(heap_.give_back_highest(22 * page_bytes()), 22 * page_bytes());
  EXPECT_EQ(heap_.retained_bytes(), 9 * page_bytes());
  EXPECT_EQ(counting_.cell().counts().returned_bytes, 22 * page_bytes());
  ASSERT_EQ(heap_.take(8 * page_units, 1), low) << "with pages that were kept";
  EXPECT_EQ(heap_.retained_bytes(), 9 * page_bytes());
}

TEST_F(RunHeapTest, TakesNoMorePagesThanThereAre) {
  PageLimit few(4);
  RunHeap heap(kBytes, few, counting_.cell());
  const size_t page_units = page_bytes() / RunHeap::kUnitBytes;
  const auto first = heap.take(3 * page_units, 1);
  ASSERT_TRUE(first);
  EXPECT_FALSE(heap.take(2 * page_units, 1));
  EXPECT_TRUE(heap.take(page_units, 1));
  heap.release(*first, {});
  EXPECT_EQ(heap.give_back_idle({}), 3 * page_bytes());
  RunHeap other(kBytes, few, counting_.cell());
  EXPECT_TRUE(other.take(3 * page_units, 1));
}

}  // namespace
}  // namespace tmc::memory
