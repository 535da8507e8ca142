// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/average_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/testing/average_pool_case.hpp"

namespace tmc::kernels {
namespace {

using Params = AveragePoolS8::Params;

TEST(AveragePoolS8, OneQuantisationIsExact) {
  std::mt19937 rng(3);
  for (int round = 0; round < 150; ++round) {
    const Params p = testing::random_average_pool<AveragePoolS8>(rng);
    testing::expect_average_pool<AveragePoolS8>(p, testing::random_image<AveragePoolS8>(rng, p));
  }
}

TEST(AveragePoolS8, AnotherQuantisationIsExact) {
  std::mt19937 rng(4);
  for (int round = 0; round < 150; ++round) {
    const Params p = testing::random_rescaled_pool<AveragePoolS8>(rng);
    testing::expect_average_pool<AveragePoolS8>(p, testing::random_image<AveragePoolS8>(rng, p));
  }
}

// Sums of four channels at the ends of a 16-bit lane.
TEST(AveragePoolS8, WindowsOfOneValueAreThatValue) {
  for (const int8_t value : {int8_t{-128}, int8_t{127}}) {
    const Params p{1, 16, 16, 4, 1, 1, 16, 16, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -128, 127, 0};
    std::vector<std::string> tested;
    const std::vector<int8_t> image(16 * 16 * 4, value);
    EXPECT_EQ(testing::expect_implementations_agree(testing::pool_case<AveragePoolS8>(p, image), &tested),
              testing::to_bytes(std::vector<int8_t>(4, value)));
    EXPECT_THAT(tested, ::testing::Contains("armv7em/average_pool_s8"));
  }
}

// Means of k / 2 for odd k, of both signs: TFLite rounds them away from zero.
TEST(AveragePoolS8, TiesGoAwayFromZero) {
  Params p{1, 1, 2, 4, 1, 1, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -128, 127, 0};
  testing::Case test_case;
  test_case.kernel = find_kernel("average_pool_s8");
  test_case.params = to_words(p);
  test_case.inputs = {testing::to_bytes<int8_t>({1, -1, 7, -7, 2, -2, 4, -4})};
  test_case.output_bytes = 4;
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int8_t>({2, -2, 6, -6}));
}

TEST(AveragePoolS8, TheLargestWindowDoesNotOverflow) {
  Params p{1, 128, 128, 1, 1, 1, 128, 128, 1, 1, 0, 0, 0, -128, 127, 1, 1 << 30, 1, -128, 127, 0};
  testing::expect_average_pool<AveragePoolS8>(p, std::vector<int8_t>(128 * 128, 127));
  p.kernel_h = p.input_h = 129;
  EXPECT_FALSE(find_implementation("portable", "average_pool_s8")->applies(to_words(p)));
}

}  // namespace
}  // namespace tmc::kernels
