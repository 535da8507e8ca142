// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/max_pool.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/max_pool_case.hpp"

namespace tmc::kernels {
namespace {

using Params = MaxPoolS16::Params;

TEST(MaxPoolS16, RandomGeometryIsExact) {
  std::mt19937 rng(211);
  for (int round = 0; round < 200; ++round) {
    const Params p = testing::random_max_pool<MaxPoolS16>(rng, round);
    testing::expect_max_pool<MaxPoolS16>(p, testing::random_image<MaxPoolS16>(rng, p));
  }
}

TEST(MaxPoolS16, PaddingNeverWins) {
  for (const int channels : {2, 21}) {
    const Params p{1, 3, 3, channels, 3, 3, 3, 3, 1, 1, 1, 1, -32768, 32767};
    for (const int16_t value : {int16_t{-32768}, int16_t{-5}}) {
      testing::expect_max_pool<MaxPoolS16>(p, std::vector<int16_t>(static_cast<size_t>(9 * channels), value));
    }
  }
}

// Values whose differences do and do not fit 16 bits, in every lane.
TEST(MaxPoolS16, ValuesFromEndToEndAreCompared) {
  const std::vector<int> values = {-32768, -32767, -16384, -1, 0, 1, 16384, 32766, 32767};
  const auto count = static_cast<int32_t>(values.size());
  const Params p{1, count, 2 * count, 4, count, count, 1, 2, 1, 2, 0, 0, -32768, 32767};
  std::vector<int16_t> image;
  for (const int a : values) {
    for (const int b : values) {
      for (const int value : {a, a, b, -1, b, -1, a, b}) image.push_back(static_cast<int16_t>(value));
    }
  }
  testing::expect_max_pool<MaxPoolS16>(p, image);
  std::vector<std::string> tested;
  testing::expect_implementations_agree(testing::pool_case<MaxPoolS16>(p, image), &tested);
  testing::expect_all_were_tested(*find_kernel("max_pool_s16"), tested);
}

// Elements of two bytes: twice what max_pool_s8 keeps clear.
TEST(MaxPoolS16, TheOutputMayRunIntoTheInputAsFarAsItIsRead) {
  const Params growing{1, 4, 4, 16, 4, 4, 3, 3, 1, 1, 1, 1, -32768, 32767};
  EXPECT_EQ(find_implementation("portable", "max_pool_s16")->overlap(to_words(growing), 0).slack_bytes,
            -2 * (4 + 1) * 16);
}

}  // namespace
}  // namespace tmc::kernels
