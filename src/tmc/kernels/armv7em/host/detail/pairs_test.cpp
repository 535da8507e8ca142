// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/pairs.hpp"

#include <gtest/gtest.h>

namespace tmc::kernels::armv7em {
namespace {

TEST(Pairs, TheLowestWeightGoesAboveNoNegativeOne) {
  EXPECT_FALSE(make_a_pair({-1, 0, 0, 0}, {-128, 0, 0, 0}));
  EXPECT_TRUE(make_a_pair({0, 0, 0, 0}, {-128, 0, 0, 0}));
  EXPECT_TRUE(make_a_pair({-128, 0, 0, 0}, {-127, 0, 0, 0}));
  EXPECT_FALSE(make_a_pair({-128, 0, 0, 0}, {-128, 0, 0, 0}));
}

TEST(Pairs, AreFoundAmongChannelsThatDoNotPairWithTheirNeighbours) {
  const std::vector<std::vector<int8_t>> rows{{-128, -1, 5, 0}, {-128, -1, 0, 0}, {3, -128, 0, -9}, {1, -128, -1, -1}};
  EXPECT_FALSE(pack_pairs(rows, 2));
  const auto order = find_pairing(rows);
  ASSERT_TRUE(order);
  std::vector<std::vector<int8_t>> ordered;
  for (const size_t channel : *order) ordered.push_back(rows[channel]);
  EXPECT_TRUE(pack_pairs(ordered, 2));
  EXPECT_TRUE(std::ranges::is_permutation(*order, std::vector<size_t>{0, 1, 2, 3}));
}

TEST(Pairs, AreNotFoundWhereEveryChannelHasTheLowestWeightAtOnePlace) {
  EXPECT_FALSE(find_pairing({{-128, 0, 0, 0}, {-128, 1, 1, 1}}));
}

}  // namespace
}  // namespace tmc::kernels::armv7em
