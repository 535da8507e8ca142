// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/four_bit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tmc::quant {
namespace {

double energy(const std::vector<float>& weights, const FourBitChannel& channel, float scale) {
  double sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    sum += std::pow(static_cast<double>(weights[i] - scale * static_cast<float>(channel.products[i])), 2);
  }
  return sum;
}

// 128 weights, each 32 of another magnitude.
std::vector<float> uneven_weights(unsigned seed) {
  std::mt19937 rng(seed);
  std::normal_distribution<float> normal;
  std::vector<float> weights(128);
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = normal(rng) * std::exp2(-static_cast<float>(i / 32));
  return weights;
}

TEST(FourBit, ProductsAreOfTheFormThatKernelsStore) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::vector<float> weights = uneven_weights(seed);
    const FourBitChannel channel = round_four_bit(weights, 32, four_bit_scale(weights, 32));
    ASSERT_EQ(channel.steps.size(), weights.size());
    for (size_t i = 0; i < weights.size(); ++i) {
      const int32_t multiplier = channel.steps[i / 32 * 32];
      EXPECT_EQ(channel.steps[i], multiplier) << seed;
      EXPECT_EQ(channel.products[i] % multiplier, 0) << seed;
      EXPECT_LE(std::abs(channel.products[i] / multiplier), kMostFourBit) << seed;
    }
  }
}

TEST(FourBit, GroupsCostLessThanOneScale) {
  double one_scale = 0, groups = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::vector<float> weights = uneven_weights(seed);
    const float scale = four_bit_scale(weights, weights.size());
    const FourBitChannel channel = round_four_bit(weights, weights.size(), scale);
    EXPECT_EQ(channel.steps, std::vector<int32_t>(weights.size(), 1));
    one_scale += energy(weights, channel, scale);
    const float step = four_bit_scale(weights, 32);
    groups += energy(weights, round_four_bit(weights, 32, step), step);
  }
  EXPECT_LT(groups, 0.6 * one_scale);
}

TEST(FourBit, AnOutlierSaturatesWhereThatCostsLess) {
  std::vector<float> weights = uneven_weights(3);
  weights.resize(64);
  weights[0] = 5;
  EXPECT_LT(four_bit_scale(weights, 64), 5.0F / kMostFourBit);
  EXPECT_EQ(round_four_bit(weights, 64, four_bit_scale(weights, 64)).products[0], kMostFourBit);
}

TEST(FourBit, ZerosStayZeros) {
  const std::vector<float> weights(40);
  const FourBitChannel channel = round_four_bit(weights, 32, 1);
  EXPECT_EQ(four_bit_scale(weights, 32), 0);
  EXPECT_EQ(channel.products, std::vector<int8_t>(40));
}

}  // namespace
}  // namespace tmc::quant
