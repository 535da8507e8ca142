// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/calibrate/histogram.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <vector>

namespace tmc::quant {
namespace {

uint64_t total(const Histogram& histogram) {
  return std::accumulate(histogram.bins().begin(), histogram.bins().end(), uint64_t{0});
}

TEST(Histogram, KeepsEveryCountWhileItsRangeGrows) {
  Histogram histogram;
  std::mt19937 rng(3);
  int64_t negative = 0;
  for (int batch = 0; batch < 20; ++batch) {
    std::normal_distribution<float> normal(0, std::ldexp(1.0F, batch));
    std::vector<float> values(500);
    for (float& value : values) negative += (value = normal(rng)) < 0;
    histogram.add(values);
  }
  EXPECT_EQ(histogram.count(), 10000);
  EXPECT_EQ(total(histogram), 10000U);
  const auto below = histogram.bins().first(Histogram::kBins / 2);
  EXPECT_EQ(std::accumulate(below.begin(), below.end(), int64_t{0}), negative);
  EXPECT_GE(histogram.bin_width() * Histogram::kBins / 2, histogram.max());
  EXPECT_LE(histogram.bin_width() * Histogram::kBins / 4, std::max(-histogram.min(), histogram.max()));
}

TEST(Histogram, IsTheSameHoweverTheValuesAreCut) {
  std::vector<float> values;
  for (int i = -300; i < 1000; ++i) values.push_back(static_cast<float>(i) * 0.37F);
  Histogram whole, parts;
  whole.add(values);
  for (const float value : values) parts.add({&value, 1});
  EXPECT_EQ(whole.bin_width(), parts.bin_width());
  EXPECT_TRUE(std::ranges::equal(whole.bins(), parts.bins()));
  EXPECT_EQ(whole.min(), parts.min());
  EXPECT_EQ(whole.max(), parts.max());
}

TEST(Histogram, TakesZerosBeforeItKnowsAWidth) {
  Histogram histogram;
  const std::vector<float> zeros(5), tiny = {1e-20F, -1e-20F};
  histogram.add(zeros);
  EXPECT_EQ(histogram.max(), 0);
  EXPECT_EQ(histogram.bins()[static_cast<size_t>(histogram.bin_of(0))], 5U);
  histogram.add(tiny);
  EXPECT_EQ(histogram.bins()[static_cast<size_t>(histogram.bin_of(0))], 5U);
  EXPECT_EQ(total(histogram), 7U);
  EXPECT_LT(histogram.bin_width(), 1e-20);
}

TEST(Histogram, OfNothingIsEmpty) {
  Histogram histogram;
  histogram.add({});
  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(total(histogram), 0U);
}

}  // namespace
}  // namespace tmc::quant
