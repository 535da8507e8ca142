// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/layers.hpp"

#include <gtest/gtest.h>

namespace tmc::program {
namespace {

using Steps = std::vector<int32_t>;

TEST(Layers, StripesOfANodeAreOneWithTheMovesOfTheirRows) {
  LayerFinder finder;
  EXPECT_EQ(finder.add("a", "conv2d", "k", 0), 0U);
  EXPECT_EQ(finder.add("b", "conv2d", "k", 0), 1U);
  EXPECT_EQ(finder.add("a", kMoveRows, "copy", 1), 0U);
  EXPECT_EQ(finder.add("a", "conv2d", "k", 1), 0U);
  EXPECT_EQ(finder.add("b", "conv2d", "k", 1), 1U);
  EXPECT_EQ(finder.add("c", "softmax", "s", -1), 2U);
  ASSERT_EQ(finder.layers().size(), 3U);
  EXPECT_EQ(finder.layers()[0].steps, (Steps{0, 2, 3}));
  EXPECT_EQ(finder.layers()[0].stripes, 2);
  EXPECT_EQ(finder.layers()[1].steps, (Steps{1, 4}));
  EXPECT_EQ(finder.layers()[2].stripes, 1);
}

TEST(Layers, WholeStepsAndOtherKernelsAreTheirOwn) {
  LayerFinder finder;
  EXPECT_EQ(finder.add("a", "conv2d", "quantize", -1), 0U);
  EXPECT_EQ(finder.add("a", "conv2d", "quantize", -1), 1U) << "no stripes";
  EXPECT_EQ(finder.add("a", "conv2d", "conv", 0), 2U);
  EXPECT_EQ(finder.add("a", "conv2d", "requantize", 0), 3U) << "another kernel";
  EXPECT_EQ(finder.add("a", "conv2d", "conv", 1), 2U);
  EXPECT_EQ(finder.add("a", "conv2d", "conv", 0), 4U) << "another node of the same name";
}

}  // namespace
}  // namespace tmc::program
