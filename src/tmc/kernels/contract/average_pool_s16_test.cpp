// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/average_pool.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/average_pool_case.hpp"

namespace tmc::kernels {
namespace {

using Params = AveragePoolS16::Params;

TEST(AveragePoolS16, OneScaleIsExact) {
  std::mt19937 rng(203);
  for (int round = 0; round < 150; ++round) {
    const Params p = testing::random_average_pool<AveragePoolS16>(rng);
    testing::expect_average_pool<AveragePoolS16>(p, testing::random_image<AveragePoolS16>(rng, p));
  }
}

TEST(AveragePoolS16, AnotherScaleIsExact) {
  std::mt19937 rng(204);
  for (int round = 0; round < 150; ++round) {
    const Params p = testing::random_rescaled_pool<AveragePoolS16>(rng);
    testing::expect_average_pool<AveragePoolS16>(p, testing::random_image<AveragePoolS16>(rng, p));
  }
}

// At both ends of what a sum may be, with and without fractional bits.
TEST(AveragePoolS16, TheLargestWindowsDoNotOverflow) {
  const auto applies = [](const Params& p) {
    return find_implementation("portable", "average_pool_s16")->applies(to_words(p));
  };
  for (const int16_t value : {int16_t{-32768}, int16_t{32767}}) {
    Params p{1, 128, 256, 4, 1, 1, 128, 256, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -32768, 32767, 0};
    std::vector<std::string> tested;
    const std::vector<int16_t> image(128 * 256 * 4, value);
    EXPECT_EQ(testing::expect_implementations_agree(testing::pool_case<AveragePoolS16>(p, image), &tested),
              testing::to_bytes(std::vector<int16_t>(4, value)));
    testing::expect_all_were_tested(*find_kernel("average_pool_s16"), tested);
    p.kernel_h = p.input_h = 129;
    EXPECT_FALSE(applies(p));

    Params rescaled{1, 32, 64, 1, 1, 1, 32, 64, 1, 1, 0, 0, 0, 0, 0, 1, 1 << 30, 0, -32768, 32767, 0};
    testing::expect_average_pool<AveragePoolS16>(rescaled, std::vector<int16_t>(32 * 64, value));
    rescaled.kernel_h = rescaled.input_h = 33;
    EXPECT_FALSE(applies(rescaled));
  }
}

TEST(AveragePoolS16, TakesNoZeroPoints) {
  const Params p{1, 2, 2, 1, 1, 1, 2, 2, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, -32768, 32767, 0};
  EXPECT_FALSE(find_implementation("portable", "average_pool_s16")->applies(to_words(p)));
}

}  // namespace
}  // namespace tmc::kernels
