// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/striping/cover.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace tmc::storage {
namespace {

using ::testing::ElementsAre;

Choice choice(int32_t first, int32_t last, int64_t blocks, double price) {
  return {{.first = first, .last = last, .rows = 1}, blocks, price};
}

std::vector<int32_t> firsts(const Cover& cover) {
  std::vector<int32_t> list;
  for (const Choice& each : cover.choices) list.push_back(each.stripes.first);
  return list;
}

TEST(Cover, MendsTwoPeaksAtOnce) {
  const std::vector<int64_t> live = {10, 90, 20, 20, 95, 10};
  const std::vector<Choice> choices = {choice(0, 1, 40, 1), choice(1, 2, 50, 0.5), choice(3, 4, 45, 2)};
  const auto cover = cheapest_cover(live, choices, {50, 50});
  ASSERT_TRUE(cover);
  EXPECT_THAT(firsts(*cover), ElementsAre(1, 3));
  EXPECT_EQ(cover->price, 2.5);
  EXPECT_EQ(cover->blocks(), 50);
  EXPECT_EQ(cover->needed.step_blocks, 10) << "all others are in groups";
  const auto lower = cheapest_cover(live, choices, {49, 49});
  ASSERT_TRUE(lower);
  EXPECT_THAT(firsts(*lower), ElementsAre(0, 3));
  EXPECT_EQ(lower->blocks(), 45);
  EXPECT_FALSE(cheapest_cover(live, choices, {44, 44}));
}

TEST(Cover, HasALimitOfItsOwnForGroups) {
  const std::vector<Choice> choices = {choice(0, 1, 50, 1), choice(0, 1, 30, 2)};
  const std::vector<int64_t> live = {90, 10, 50};
  EXPECT_EQ(cheapest_cover(live, choices, {50, 50})->price, 1);
  EXPECT_EQ(cheapest_cover(live, choices, {50, 49})->price, 2);
}

TEST(Cover, OfNothingAboveTheLimitIsEmpty) {
  const auto cover = cheapest_cover(std::vector<int64_t>{5, 7}, {}, {7, 0});
  ASSERT_TRUE(cover);
  EXPECT_TRUE(cover->choices.empty());
  EXPECT_EQ(cover->blocks(), 7);
  EXPECT_TRUE(cheapest_cover({}, {}, {0, 0}));
}

// The least price of all sets of disjoint groups.
double cheapest_of_all(const std::vector<int64_t>& live, const std::vector<Choice>& choices, const Limits& limits,
                       size_t at = 0) {
  if (at == live.size()) return 0;
  double least = std::numeric_limits<double>::infinity();
  if (live[at] <= limits.step_blocks) least = cheapest_of_all(live, choices, limits, at + 1);
  for (const Choice& each : choices) {
    if (each.stripes.first != static_cast<int32_t>(at) || each.blocks > limits.group_blocks) continue;
    const auto next = static_cast<size_t>(each.stripes.last) + 1;
    least = std::min(least, each.price + cheapest_of_all(live, choices, limits, next));
  }
  return least;
}

TEST(Cover, IsTheCheapestOfAll) {
  std::mt19937 rng(71);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(rng); };
  int found = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<int64_t> live;
    for (int i = pick(1, 8); i > 0; --i) live.push_back(pick(0, 20));
    const auto steps = static_cast<int>(live.size());
    std::vector<Choice> choices;
    for (int i = pick(0, 12); i > 0; --i) {
      const int first = pick(0, steps - 1);
      choices.push_back(choice(first, pick(first, steps - 1), pick(0, 20), pick(0, 9)));
    }
    std::ranges::stable_sort(choices, {}, [](const Choice& each) { return each.stripes.first; });
    const Limits limits{pick(5, 20), pick(5, 20)};
    const double least = cheapest_of_all(live, choices, limits);
    const auto cover = cheapest_cover(live, choices, limits);
    ASSERT_EQ(cover.has_value(), least < std::numeric_limits<double>::infinity());
    if (!cover) continue;
    ++found;
    EXPECT_EQ(cover->price, least);
    int32_t end = 0;
    for (const Choice& each : cover->choices) {
      EXPECT_GE(each.stripes.first, end);
      end = each.stripes.last + 1;
    }
  }
  EXPECT_GT(found, 500);
}

}  // namespace
}  // namespace tmc::storage
