// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/index_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::frontend {
namespace {

using testing::ElementsAre;

TEST(IndexLists, AnAxisGoesOnAsNumpyPadsIt) {
  ConstantBudget budget;
  EXPECT_THAT(*extended_indices(budget, "reflect", 3, 3, 4), ElementsAre(1, 2, 1, 0, 1, 2, 1, 0, 1, 2));
  EXPECT_THAT(*extended_indices(budget, "symmetric", 3, 4, 2), ElementsAre(2, 2, 1, 0, 0, 1, 2, 2, 1));
  EXPECT_THAT(*extended_indices(budget, "edge", 3, 2, 1), ElementsAre(0, 0, 0, 1, 2, 2));
  EXPECT_THAT(*extended_indices(budget, "wrap", 3, 4, 1), ElementsAre(2, 0, 1, 2, 0, 1, 2, 0));
  EXPECT_THAT(*extended_indices(budget, "reflect", 1, 2, 1), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(*extended_indices(budget, "edge", 4, -1, -2), ElementsAre(1));
  EXPECT_FALSE(extended_indices(budget, "edge", 4, -2, -2).ok());
  EXPECT_FALSE(extended_indices(budget, "edge", 4, INT64_MAX, 0).ok());
  EXPECT_FALSE(extended_indices(budget, "edge", 4, INT64_MIN, 0).ok());
}

TEST(IndexLists, TheNearestElementIsThatOfOnnxRuntime) {
  ConstantBudget budget;
  EXPECT_THAT(*nearest_indices(budget, {"asymmetric", "floor"}, 2, 4, 2), ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(*nearest_indices(budget, {"half_pixel", "round_prefer_floor"}, 4, 2, 0.5F), ElementsAre(0, 2));
  EXPECT_THAT(*nearest_indices(budget, {"half_pixel", "round_prefer_ceil"}, 4, 2, 0.5F), ElementsAre(1, 3));
  EXPECT_THAT(*nearest_indices(budget, {"align_corners", "round_prefer_ceil"}, 3, 5, 5.0F / 3),
              ElementsAre(0, 1, 1, 2, 2));
  EXPECT_THAT(*nearest_indices(budget, {"asymmetric", "floor"}, 6, 3, 0.6F), ElementsAre(0, 1, 3));
  EXPECT_FALSE(nearest_indices(budget, {"middle", "floor"}, 2, 4, 2).ok());
  EXPECT_FALSE(nearest_indices(budget, {"half_pixel", "nearest"}, 2, 4, 2).ok());
  EXPECT_FALSE(nearest_indices(budget, {}, 2, int64_t{1} << 40, 2).ok());
}

// A file of a hundred bytes may ask for a list of a quarter of a million, and for many.
TEST(IndexLists, AreTakenFromTheBudget) {
  ConstantBudget budget;
  int lists = 0;
  while (lists < 100 && extended_indices(budget, "reflect", 2, 0, 1 << 18).ok()) ++lists;
  EXPECT_EQ(lists, 1);
  EXPECT_FALSE(nearest_indices(budget, {}, 2, 1 << 18, 1 << 17).ok());
}

}  // namespace
}  // namespace tmc::frontend
