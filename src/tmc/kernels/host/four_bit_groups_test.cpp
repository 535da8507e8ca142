// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/host/four_bit_groups.hpp"

#include <gtest/gtest.h>

namespace tmc::kernels {
namespace {

using Multipliers = std::vector<uint8_t>;

TEST(FourBitGroups, SplitsProductsByTheLeastMultiplierThatDoes) {
  const std::vector<int8_t> weights = {-24, 21, 0, 3, 14, -16, 0, 0, 0, 90};
  const auto split = split_four_bit_groups(weights, 5, 2);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->integers, (std::vector<int8_t>{-8, 7, 0, 3, 7, -4, 0, 0, 0, 6}));
  EXPECT_EQ(split->multipliers, (Multipliers{3, 1, 2, 4, 1, 15}));
}

TEST(FourBitGroups, TakesBothEndsAndNothingBeyond) {
  EXPECT_EQ(split_four_bit_groups(std::vector<int8_t>{-128, 112}, 2, 2)->multipliers, Multipliers{16});
  EXPECT_EQ(split_four_bit_groups(std::vector<int8_t>{-128, 16}, 2, 2)->multipliers, Multipliers{16});
  EXPECT_FALSE(split_four_bit_groups(std::vector<int8_t>{127, 0}, 2, 2));
  EXPECT_FALSE(split_four_bit_groups(std::vector<int8_t>{8, 1}, 2, 2));
  EXPECT_FALSE(split_four_bit_groups(std::vector<int8_t>{-18, 2}, 2, 2));
}

// Groups of 32 whose multipliers differ, and a channel in which they do not.
TEST(FourBitGroups, FindsTheLongestGroups) {
  std::vector<int8_t> weights(96);
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<int8_t>(static_cast<int>(i % 16) - 8);
  EXPECT_EQ(find_group_inputs(weights, 96), 96U);
  for (size_t i = 64; i < 96; ++i) weights[i] = static_cast<int8_t>(3 * weights[i]);
  EXPECT_EQ(find_group_inputs(weights, 96), 64U);
  for (size_t i = 32; i < 64; ++i) weights[i] = static_cast<int8_t>(5 * weights[i]);
  EXPECT_EQ(find_group_inputs(weights, 96), 32U);
  weights[40] = 127;
  EXPECT_EQ(find_group_inputs(weights, 96), std::nullopt);
  EXPECT_EQ(find_group_inputs(std::vector<int8_t>{1, 2, 3}, 3), std::nullopt);
}

}  // namespace
}  // namespace tmc::kernels
