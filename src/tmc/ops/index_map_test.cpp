// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/index_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace tmc::ops {
namespace {

using testing::ElementsAre;

std::vector<uint8_t> moved_bytes(const IndexMap& map, std::vector<uint8_t> values) {
  const std::span<const std::byte> inputs[] = {std::as_bytes(std::span(values))};
  const std::vector<std::byte> bytes = moved(map, inputs, 1);
  std::vector<uint8_t> result;
  for (const std::byte byte : bytes) result.push_back(static_cast<uint8_t>(byte));
  return result;
}

// Every list of up to six indices into an axis of three is what its runs say.
TEST(IndexMap, RunsSayEveryShortListOfIndices) {
  for (int length = 1; length <= 6; ++length) {
    int lists = 1;
    for (int i = 0; i < length; ++i) lists *= 3;
    for (int number = 0; number < lists; ++number) {
      std::vector<int64_t> indices;
      for (int i = 0, rest = number; i < length; ++i, rest /= 3) indices.push_back(rest % 3);
      const std::vector<std::vector<IndexRun>> runs = {runs_of(indices)};
      const Result<IndexMap> map = read_by_axis(Shape::of(3), Shape::of(length), runs);
      ASSERT_TRUE(map.ok());
      EXPECT_TRUE(covers_all(*map));
      EXPECT_EQ(moved_bytes(*map, {0, 1, 2}), std::vector<uint8_t>(indices.begin(), indices.end()));
    }
  }
}

TEST(IndexMap, RunsAreFew) {
  EXPECT_EQ(runs_of(std::vector<int64_t>{3, 4, 5, 6}).size(), 1u);
  EXPECT_EQ(runs_of(std::vector<int64_t>{0, 0, 1, 1, 2, 2, 3, 3}).size(), 1u);
  EXPECT_EQ(runs_of(std::vector<int64_t>{2, 1, 0, 1, 2, 3, 4, 3, 2}).size(), 3u);
}

TEST(IndexMap, PermutesAndKnowsWhatStaysAsItLies) {
  const IndexMap transposed = permuting(Shape::of(2, 3), std::vector<int64_t>{1, 0});
  EXPECT_EQ(transposed.shape, Shape::of(3, 2));
  EXPECT_THAT(moved_bytes(transposed, {0, 1, 2, 3, 4, 5}), ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_FALSE(is_identity(transposed, Shape::of(2, 3)));
  EXPECT_TRUE(is_identity(permuting(Shape::of(1, 3), std::vector<int64_t>{1, 0}), Shape::of(1, 3)));
  EXPECT_TRUE(is_identity(permuting(Shape(), {}), Shape()));
}

TEST(IndexMap, TooManyPiecesAreRefused) {
  std::mt19937 rng(1);
  std::vector<int64_t> indices(3000);
  for (int64_t& index : indices) index = static_cast<int64_t>(rng() % 3000);
  const std::vector<std::vector<IndexRun>> runs = {runs_of(indices), runs_of(indices)};
  const Result<IndexMap> map = read_by_axis(Shape::of(3000, 3000), Shape::of(3000, 3000), runs);
  EXPECT_EQ(map.status().code(), Error::kUnsupportedShape);
}

}  // namespace
}  // namespace tmc::ops
