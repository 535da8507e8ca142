// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/mean.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/mean_case.hpp"

namespace tmc::kernels {
namespace {

using Params = MeanS16::Params;

TEST(MeanS16, AnyAxesAreExact) {
  testing::expect_random_means<MeanS16>(251, 200);
}

TEST(MeanS16, TheLargestSumsAreExact) {
  constexpr int32_t kCount = 1 << 15;
  for (const int16_t value : {int16_t{-32768}, int16_t{32767}}) {
    testing::Case test_case;
    test_case.kernel = find_kernel("mean_s16");
    // One half over 2^14.
    test_case.params = to_words(Params{{1, 1, 1}, {}, {1, 1, kCount}, {0, 0, 1}, 0, 0, 1 << 30, -14});
    test_case.inputs = {testing::to_bytes(std::vector<int16_t>(kCount, value))};
    test_case.output_bytes = 2;
    EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int16_t>({value}));
  }
}

TEST(MeanS16, SumsThatCouldOverflowAndZeroPointsAreRefused) {
  const ImplementationInfo* implementation = find_implementation("portable", "mean_s16");
  EXPECT_TRUE(implementation->applies(to_words(Params{{1, 1, 1}, {}, {1, 1, 1 << 15}, {}, 0, 0, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(Params{{1, 1, 1}, {}, {1, 2, 1 << 15}, {}, 0, 0, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(Params{{1, 1, 1}, {}, {1, 1, 1}, {}, 1, 0, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(Params{{1, 1, 1}, {}, {1, 1, 1}, {}, 0, 1, 0, 0})));
}

}  // namespace
}  // namespace tmc::kernels
