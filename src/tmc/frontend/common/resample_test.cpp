// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/resample.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

namespace tmc::frontend {
namespace {

// What the taps make of a line.
std::vector<float> resized(const std::vector<float>& line, const Resampling& how, int64_t extent, float scale) {
  ConstantBudget budget;
  const Result<Taps> taps = taps_of(budget, how, std::ssize(line), extent, scale);
  EXPECT_TRUE(taps.ok()) << taps.status().text();
  std::vector<float> out = taps->offsets;
  out.resize(static_cast<size_t>(extent));
  for (const Tap& tap : taps->taps) {
    for (size_t i = 0; i < out.size(); ++i) out[i] += tap.weights[i] * line[static_cast<size_t>(tap.indices[i])];
  }
  return out;
}

TEST(Resample, LinesBetweenElements) {
  EXPECT_EQ(resized({0, 4, 8}, {}, 6, 2), (std::vector<float>{0, 1, 3, 5, 7, 8}));
  EXPECT_EQ(resized({0, 4, 8}, {.coordinates = "align_corners"}, 5, 5.0F / 3), (std::vector<float>{0, 2, 4, 6, 8}));
  EXPECT_EQ(resized({0, 4, 8}, {.coordinates = "asymmetric"}, 6, 2), (std::vector<float>{0, 2, 4, 6, 8, 8}));
}

TEST(Resample, ACubicKeepsElementsAndLines) {
  const auto same = resized({3, 1, 4, 1, 5}, {.is_cubic = true}, 5, 1);
  EXPECT_EQ(same, (std::vector<float>{3, 1, 4, 1, 5}));
  const auto line = resized({0, 1, 2, 3, 4, 5, 6, 7}, {.is_cubic = true, .cubic_coefficient = -0.5}, 16, 2);
  for (size_t i = 4; i < 12; ++i) EXPECT_NEAR(line[i], 0.5 * static_cast<double>(i) - 0.25, 1e-6);
}

TEST(Resample, WeightsAddUpToOne) {
  ConstantBudget budget;
  for (const bool is_cubic : {false, true}) {
    for (const bool antialias : {false, true}) {
      for (const float scale : {0.3F, 0.6F, 1.7F, 3.0F}) {
        const auto extent = static_cast<int64_t>(7 * scale);
        const Resampling how{.is_cubic = is_cubic, .exclude_outside = true, .antialias = antialias};
        const Result<Taps> taps = taps_of(budget, how, 7, extent, scale);
        ASSERT_TRUE(taps.ok());
        for (size_t i = 0; i < static_cast<size_t>(extent); ++i) {
          double sum = 0;
          for (const Tap& tap : taps->taps) sum += static_cast<double>(tap.weights[i]);
          EXPECT_NEAR(sum, 1, 1e-5);
        }
      }
    }
  }
}

TEST(Resample, WhatLiesOutsideARegionIsGiven) {
  const Resampling how{.coordinates = "tf_crop_and_resize", .begin = 0.5F, .end = 1.5F, .extrapolation = 9};
  EXPECT_EQ(resized({0, 4, 8}, how, 3, 1), (std::vector<float>{4, 8, 9}));
  for (const float end : {1e30F, std::numeric_limits<float>::quiet_NaN()}) {
    const Resampling far{.coordinates = "tf_crop_and_resize", .begin = 1e30F, .end = end, .extrapolation = 9};
    EXPECT_EQ(resized({0, 4, 8}, far, 2, 1), (std::vector<float>{9, 9}));
  }
}

TEST(Resample, NoExtentOutOfRange) {
  ConstantBudget budget;
  EXPECT_EQ(taps_of(budget, {}, 3, 0, 1).status().code(), Error::kUnsupportedShape);
  EXPECT_FALSE(taps_of(budget, {}, 3, int64_t{1} << 40, 1).ok());
  EXPECT_EQ(taps_of(budget, {.antialias = true}, 3, 1, 1e-9F).status().code(), Error::kUnsupportedShape);
}

}  // namespace
}  // namespace tmc::frontend
