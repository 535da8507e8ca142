// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/four_bit_grid.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tmc/quant/decoder/scaled_rows.hpp"

namespace tmc::quant {
namespace {

std::vector<float> random_row(std::mt19937& rng, size_t width, float mean) {
  std::normal_distribution<float> normal(mean, 1);
  std::vector<float> row(width);
  for (float& weight : row) weight = normal(rng);
  return row;
}

double energy_of_errors(const std::vector<float>& row, const ScaledRows& rounded) {
  double sum = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    sum += std::pow(static_cast<double>(row[i] - rounded.scales[0] * static_cast<float>(rounded.integers[i])), 2);
  }
  return sum;
}

TEST(FourBitGrid, HoldsWhatItIsMadeOf) {
  std::vector<float> row(64);
  for (size_t i = 0; i < row.size(); ++i) {
    row[i] = (i < 32 ? 1.0F : 0.5F) * static_cast<float>(static_cast<int>(i % 16) - (i < 32 ? 0 : 8));
  }
  const ScaledRows rounded = four_bit_rows(row, 1, 32, {});
  EXPECT_LT(energy_of_errors(row, rounded), 1e-6 * 64);
}

TEST(FourBitGrid, ProductsAreOfEightBitsAndOneForm) {
  std::mt19937 rng(3);
  for (int round = 0; round < 40; ++round) {
    const std::vector<float> row = random_row(rng, 96, static_cast<float>(round % 5) - 2);
    const FourBitGrid grid = four_bit_grid(row, 32);
    ASSERT_EQ(grid.groups.size(), 3U);
    for (const auto& [multiplier, zero_point] : grid.groups) {
      EXPECT_TRUE(multiplier >= 1 && multiplier <= 15 && zero_point >= 0 && zero_point <= 15);
      EXPECT_LE(multiplier * std::max(zero_point, 15 - zero_point), 127);
    }
  }
}

// Sixteen steps over what there is, at most half a step off each: less than a symmetric grid leaves of a group that
// leans.
TEST(FourBitGrid, LeansWithItsGroup) {
  std::mt19937 rng(4);
  for (int round = 0; round < 20; ++round) {
    const std::vector<float> row = random_row(rng, 64, 4);
    const double least_step = (*std::ranges::max_element(row)) / 7.0;
    EXPECT_LT(energy_of_errors(row, four_bit_rows(row, 1, 32, {})), 0.5 * 64 * least_step * least_step / 12);
  }
}

TEST(FourBitGrid, OfNothingIsNothing) {
  const ScaledRows rounded = four_bit_rows(std::vector<float>(64), 1, 32, {});
  EXPECT_TRUE(std::ranges::all_of(rounded.integers, [](int8_t integer) { return integer == 0; }));
}

}  // namespace
}  // namespace tmc::quant
