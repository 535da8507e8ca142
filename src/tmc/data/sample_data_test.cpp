// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/sample_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tmc::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Result<int64_t> count(const Shape& input, const Shape& array) {
  return count_samples("x", {DType::kF32, input}, {DType::kF32, array});
}

std::string refusal(const Shape& input, const Shape& array) {
  const auto counted = count(input, array);
  return counted.ok() ? "" : counted.status().text();
}

TEST(SampleData, TakesOneSampleAndStacks) {
  const Shape image = Shape::of(1, 3, 8, 6);
  EXPECT_EQ(*count(image, image), 1);
  EXPECT_EQ(*count(image, Shape::of(5, 1, 3, 8, 6)), 5);
  EXPECT_EQ(*count(image, Shape::of(5, 3, 8, 6)), 5);
  EXPECT_EQ(*count(Shape(), Shape()), 1);
  EXPECT_EQ(*count(Shape(), Shape::of(7)), 7);
  EXPECT_EQ(*count(Shape::of(4, 2), Shape::of(4, 2)), 1);
  EXPECT_EQ(*count(Shape::of(4, 2), Shape::of(3, 4, 2)), 3);
}

TEST(SampleData, NamesTheLikelyMistake) {
  const Shape planes = Shape::of(1, 3, 8, 6);
  const Shape pixels = Shape::of(1, 8, 6, 3);
  const auto channels_last = AllOf(HasSubstr("(NHWC), the input's first (NCHW)"), HasSubstr("moveaxis(array, -1, -3)"));
  const auto channels_first = AllOf(HasSubstr("(NCHW), the input's last (NHWC)"), HasSubstr("moveaxis(array, -3, -1)"));
  EXPECT_THAT(refusal(planes, pixels), channels_last);
  EXPECT_THAT(refusal(planes, Shape::of(9, 8, 6, 3)), channels_last);
  EXPECT_THAT(refusal(planes, Shape::of(9, 1, 8, 6, 3)), channels_last);
  EXPECT_THAT(refusal(pixels, planes), channels_first);
  EXPECT_THAT(refusal(pixels, Shape::of(9, 1, 3, 8, 6)), channels_first);
  EXPECT_THAT(refusal(planes, Shape::of(3, 8, 6)),
              AllOf(HasSubstr("axis 0, the batch of 1,"), HasSubstr("array[None]")));
  EXPECT_THAT(refusal(Shape::of(4, 10), Shape::of(10)), HasSubstr("axis 0, the batch of 4,"));
  EXPECT_THAT(refusal(Shape::of(4, 10), Shape::of(8, 10)), HasSubstr("[1, 4, 10]"));
}

// A shape with the elements of a sample, or of several, is no reason to take it.
TEST(SampleData, RefusesEveryOtherOrderOfTheAxes) {
  std::mt19937 random(1);
  const std::vector<int64_t> extents = {1, 2, 3, 5, 7};
  for (int i = 0; i < 2'000; ++i) {
    std::vector<int64_t> input(extents.begin(), extents.begin() + 2 + random() % 4);
    std::ranges::shuffle(input, random);
    std::vector<int64_t> array = input;
    std::ranges::shuffle(array, random);
    Shape a, b;
    for (const int64_t extent : input) a.push_back(extent);
    for (const int64_t extent : array) b.push_back(extent);
    // [1, ...] may stand for a stack of such: then the rest is the same.
    const bool same = input == array;
    EXPECT_EQ(count(a, b).ok(), same) << refusal(a, b);
    if (same) continue;
    EXPECT_THAT(refusal(a, b), HasSubstr("hint"));
  }
}

TEST(SampleData, SaysWhichAxisCountsSamples) {
  const Shape sample = Shape::of(4, 3);
  EXPECT_TRUE(require_sample_axis("x", sample, Shape::of(2, 4, 3)).ok());
  EXPECT_TRUE(require_sample_axis("x", Shape::of(1, 3), Shape::of(1, 3)).ok());
  const Status missing = require_sample_axis("x", sample, sample);
  EXPECT_EQ(missing.code(), Error::kBadUsage);
  EXPECT_THAT(missing.text(), HasSubstr("axis 0 counts the samples, as in [1, 4, 3]"));
}

}  // namespace
}  // namespace tmc::data
