// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/trees.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace tmc::frontend {
namespace {

// Every float beside a double gets the answer that the double gives.
TEST(Trees, ThresholdsOfFloatsAnswerAsDoublesDo) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::mt19937_64 random(1);
  std::vector<double> thresholds = {0.0, -0.0, 0.1, -0.1, 1e300, -1e300, 1e-320, -1e-320, 1e-46, -1e-46, 3.4028235e38};
  for (int i = 0; i < 100'000; ++i) {
    const auto near = static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(random())));
    if (!std::isnan(near)) thresholds.push_back(near * (1 + static_cast<double>(random() % 5) * 1e-9));
  }
  for (const double threshold : thresholds) {
    const auto near = static_cast<float>(threshold);
    for (const float x :
         {near, std::nextafter(near, kInfinity), std::nextafter(near, -kInfinity), kInfinity, -kInfinity}) {
      const auto real = static_cast<double>(x);
      EXPECT_EQ(x <= float_below(threshold), real <= threshold) << x << " " << threshold;
      EXPECT_EQ(x < float_above(threshold), real < threshold) << x << " " << threshold;
    }
  }
}

TEST(Trees, RunsOfCategories) {
  FileTest test;
  compare_categories({0, 1, 5}, 1, true, 0, test);
  EXPECT_EQ(test.otherwise, 0u);
  ASSERT_EQ(test.comparisons.size(), 4u);
  const float thresholds[] = {0, 2, 5, 6};
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(test.comparisons[i].threshold, thresholds[i]);
    EXPECT_EQ(test.comparisons[i].side, i % 2);
    EXPECT_EQ(test.comparisons[i].mode, i == 1 ? 9 : 1);  // what is missing is a member
  }
}

}  // namespace
}  // namespace tmc::frontend
