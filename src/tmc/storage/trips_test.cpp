// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/trips.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Steps = std::vector<int32_t>;

// A layer of five time steps: all inputs are cut out first (kind 0), a product of the state before (1) and one of the
// input (2) make the new state (3), all states are joined (4) and read at the end (5).
struct Layer {
  std::vector<Steps> dependencies;
  Steps kinds, pivots;

  Layer() {
    for (int32_t t = 0; t < 5; ++t) add(0, {});
    for (int32_t t = 0; t < 5; ++t) {
      const int32_t product = add(1, t == 0 ? Steps{} : Steps{states.back()});
      pivots.push_back(product);
      const int32_t of_input = add(2, {t});
      states.push_back(add(3, {product, of_input}));
    }
    Steps joined;
    for (const int32_t state : states) joined.push_back(add(4, {state}));
    add(5, joined);
  }

  int32_t add(int32_t kind, Steps needed) {
    kinds.push_back(kind);
    dependencies.push_back(std::move(needed));
    return static_cast<int32_t>(kinds.size()) - 1;
  }

  Steps states;
};

TEST(Trips, OfALayerHaveAllThatBelongsToATimeStep) {
  const Layer layer;
  const std::vector<Trips> found = find_trips(layer.dependencies, layer.kinds, layer.pivots);
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].before, IsEmpty());
  ASSERT_EQ(found[0].trips.size(), 5);
  EXPECT_THAT(found[0].trips[0], ElementsAre(0, 6, 5, 7, 20));
  EXPECT_THAT(found[0].trips[4], ElementsAre(4, 18, 17, 19, 24));
  EXPECT_THAT(found[0].after, ElementsAre(25));
}

TEST(Trips, MayLeaveOutTheFirstAndTheLast) {
  const Layer layer;
  const std::vector<Trips> found = find_trips(layer.dependencies, layer.kinds, layer.pivots);
  ASSERT_EQ(found.size(), 4);
  EXPECT_EQ(found[1].trips.size(), 4);
  EXPECT_THAT(found[1].after, ElementsAre(17, 19, 24, 25));
  EXPECT_EQ(found[3].trips.size(), 3);
  EXPECT_THAT(found[3].before, ElementsAre(0, 4, 5, 6, 7, 18, 20));
}

TEST(Trips, AreNoneWhereOneOfThemIsUnlike) {
  Layer layer;
  layer.kinds[13] = 9;  // a state in the middle is made otherwise
  EXPECT_THAT(find_trips(layer.dependencies, layer.kinds, layer.pivots), IsEmpty());
}

TEST(Trips, AreNoneWhereTheyDoNotDependOnOneAnother) {
  Layer layer;
  for (const int32_t pivot : layer.pivots) layer.dependencies[static_cast<size_t>(pivot)].clear();
  EXPECT_THAT(find_trips(layer.dependencies, layer.kinds, layer.pivots), IsEmpty());
}

}  // namespace
}  // namespace tmc::storage
