// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/max_pool.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/max_pool_case.hpp"

namespace tmc::kernels {
namespace {

using Params = MaxPoolS8::Params;

constexpr auto* expect_exact = &testing::expect_max_pool<MaxPoolS8>;

TEST(MaxPoolS8, RandomGeometryIsExact) {
  std::mt19937 rng(41);
  for (int round = 0; round < 200; ++round) {
    const Params p = testing::random_max_pool<MaxPoolS8>(rng, round);
    expect_exact(p, testing::random_image<MaxPoolS8>(rng, p));
  }
}

TEST(MaxPoolS8, PaddingNeverWins) {
  for (const int channels : {2, 21}) {
    const Params p{1, 3, 3, channels, 3, 3, 3, 3, 1, 1, 1, 1, -128, 127};
    expect_exact(p, std::vector<int8_t>(static_cast<size_t>(9 * channels), -128));
    expect_exact(p, std::vector<int8_t>(static_cast<size_t>(9 * channels), -5));
  }
}

TEST(MaxPoolS8, EveryPairOfValuesIsCompared) {
  Params p{1, 256, 512, 4, 256, 256, 1, 2, 1, 2, 0, 0, -128, 127};
  std::vector<int8_t> image;
  for (int a = -128; a < 128; ++a) {
    for (int b = -128; b < 128; ++b) {
      for (const int value : {a, a, b, -1, b, -1, a, b}) image.push_back(static_cast<int8_t>(value));
    }
  }
  expect_exact(p, image);
  std::vector<std::string> tested;
  testing::expect_implementations_agree(testing::pool_case<MaxPoolS8>(p, image), &tested);
  testing::expect_all_were_tested(*find_kernel("max_pool_s8"), tested);
}

// Stride 1 with padding makes the output overtake the input; stride 2 leaves room.
TEST(MaxPoolS8, TheOutputMayRunIntoTheInputAsFarAsItIsRead) {
  const ImplementationInfo* implementation = find_implementation("portable", "max_pool_s8");
  const Params growing{1, 4, 4, 16, 4, 4, 3, 3, 1, 1, 1, 1, -128, 127};
  EXPECT_EQ(implementation->overlap(to_words(growing), 0).slack_bytes, -(4 + 1) * 16);
  const Params shrinking{1, 4, 4, 16, 2, 2, 2, 2, 2, 2, 0, 0, -128, 127};
  EXPECT_EQ(implementation->overlap(to_words(shrinking), 0).slack_bytes, 0);
}

}  // namespace
}  // namespace tmc::kernels
