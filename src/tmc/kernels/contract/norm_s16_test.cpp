// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/norm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

constexpr int32_t kMost = INT16_MAX;

TEST(NormS16, IsNearTheRowsInReals) {
  std::mt19937 rng(33);
  for (int round = 0; round < 400; ++round) {
    const int32_t depth = round % 20 == 0 ? pick(rng, 100, 4096) : pick(rng, 1, 70);
    decibels_of<int16_t>(
        integer_norm_case<NormS16>(rng, any_rows<int16_t>(rng, pick(rng, 1, 3), depth), depth, pick(rng, 1, 8000)));
  }
}

TEST(NormS16, OfRandomRowsTheErrorIsThatOfTheOutputsSteps) {
  std::mt19937 rng(34);
  for (const int32_t depth : {8, 64, 65, 256, 1000, 4096}) {
    const auto rows = random_values<int16_t>(rng, static_cast<size_t>(8 * depth), -kMost / 2, kMost / 2);
    // Of a row of equal chances most elements are within twice its deviation.
    EXPECT_GT(decibels_of<int16_t>(integer_norm_case<NormS16>(rng, rows, depth, kMost / 2)), 55) << depth;
  }
}

}  // namespace
}  // namespace tmc::kernels
