// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/search.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/order.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc::storage {
namespace {

Problem problem_of(const program::Program& program, bool overlap = true) {
  const Uses uses = find_uses(program, overlap);
  std::vector<int32_t> buffers(program.buffers.size());
  std::iota(buffers.begin(), buffers.end(), 0);
  return make_problem(uses, given_order(uses), buffers);
}

bool fits_so_far(const Problem& problem, const std::vector<int64_t>& offsets, size_t placed) {
  return std::ranges::all_of(problem.pairs, [&](const Pair& pair) {
    if (static_cast<size_t>(pair.b) >= placed) return true;
    const int64_t distance = offsets[static_cast<size_t>(pair.b)] - offsets[static_cast<size_t>(pair.a)];
    return std::ranges::none_of(pair.forbidden,
                                [&](const Range& range) { return range.low <= distance && distance <= range.high; });
  });
}

// Tries every offset of every buffer.
bool exists_within(const Problem& problem, int64_t capacity, std::vector<int64_t>& offsets, size_t next = 0) {
  if (next == problem.sizes.size()) return true;
  for (offsets[next] = 0; offsets[next] + problem.sizes[next] <= capacity; ++offsets[next]) {
    if (fits_so_far(problem, offsets, next + 1) && exists_within(problem, capacity, offsets, next + 1)) return true;
  }
  return false;
}

TEST(Search, IsOptimalWhereEveryPlacementCanBeTried) {
  std::mt19937 rng(41);
  int compared = 0;
  int beyond_the_bound = 0;
  for (int round = 0; round < 3000; ++round) {
    const testing::RandomProgramOptions options{.steps = 2 + round % 3, .max_bytes = 80, .reach = 3};
    const Problem problem = problem_of(testing::random_program(rng, options));
    if (problem.sizes.size() > 7) continue;
    const SearchResult found = search(problem, best_fit(problem), 1'000'000);
    const int64_t peak = peak_of(problem, found.offsets);
    ASSERT_TRUE(found.optimal);
    ASSERT_TRUE(is_feasible(problem, found.offsets));
    ASSERT_EQ(found.lower_bound, peak);
    ASSERT_LE(problem.lower_bound, peak);
    std::vector<int64_t> offsets(problem.sizes.size());
    ASSERT_FALSE(exists_within(problem, peak - 1, offsets)) << "round " << round << ", " << peak << " blocks";
    ++compared;
    if (peak > problem.lower_bound) ++beyond_the_bound;
  }
  EXPECT_GT(compared, 1000);
  EXPECT_GT(beyond_the_bound, 20);  // those that only the search can prove
}

TEST(Search, FindsWhatBestFitMisses) {
  std::mt19937 rng(42);
  int smaller = 0;
  for (int round = 0; round < 200; ++round) {
    const Problem problem = problem_of(testing::random_program(rng, {.steps = 10}));
    const std::vector<int64_t> greedy = best_fit(problem);
    ASSERT_TRUE(is_feasible(problem, greedy));
    const SearchResult found = search(problem, greedy, 200'000);
    ASSERT_TRUE(is_feasible(problem, found.offsets));
    ASSERT_LE(found.lower_bound, peak_of(problem, found.offsets));
    if (peak_of(problem, found.offsets) < peak_of(problem, greedy)) ++smaller;
  }
  EXPECT_GT(smaller, 0);
}

TEST(Search, WithoutChecksKeepsTheStart) {
  std::mt19937 rng(43);
  for (int round = 0; round < 50; ++round) {
    const Problem problem = problem_of(testing::random_program(rng, {.steps = 15}));
    const std::vector<int64_t> greedy = best_fit(problem);
    const SearchResult found = search(problem, greedy, 0);
    EXPECT_EQ(found.offsets, greedy);
    EXPECT_EQ(found.lower_bound, problem.lower_bound);
    EXPECT_EQ(found.optimal, peak_of(problem, greedy) == problem.lower_bound);
  }
}

TEST(Search, OverlapsNeverCostMemory) {
  std::mt19937 rng(44);
  for (int round = 0; round < 200; ++round) {
    const program::Program program = testing::random_program(rng, {.steps = 6});
    const Problem with = problem_of(program, true);
    const Problem without = problem_of(program, false);
    ASSERT_LE(with.lower_bound, without.lower_bound);
    const SearchResult plain = search(without, best_fit(without), 1'000'000);
    ASSERT_TRUE(is_feasible(with, plain.offsets));
  }
}

}  // namespace
}  // namespace tmc::storage
