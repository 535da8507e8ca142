// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/average_pool_s8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/testing/average_pool_case.hpp"

namespace tmc::kernels {
namespace {

using testing::pick;
using Params = AveragePoolS8::Params;

int8_t naive(const Params& p, const std::vector<int8_t>& image, int n, int y, int x, int c) {
  double sum = 0;
  int count = 0;
  testing::visit_window(p, image, n, y, x, c, [&](int8_t value) {
    sum += value;
    ++count;
  });
  if (p.count_include_pad) {
    sum += (p.kernel_h * p.kernel_w - count) * p.input_zero_point;
    count = p.kernel_h * p.kernel_w;
  }
  double mean = std::round(sum / count);
  if (p.rescale) {
    const double fine = std::round((sum - count * p.input_zero_point) * 256 / count);
    mean = testing::naive_requantize(fine, p.multiplier, p.shift - 8) + p.output_zero_point;
  }
  return static_cast<int8_t>(testing::naive_clamp(mean, p.activation_min, p.activation_max));
}

void expect_exact(const Params& p, const std::vector<int8_t>& image) {
  testing::expect_pool<AveragePoolS8>(p, image,
                                      [&](int n, int y, int x, int c) { return naive(p, image, n, y, x, c); });
}

TEST(AveragePoolS8, OneQuantisationIsExact) {
  std::mt19937 rng(3);
  for (int round = 0; round < 150; ++round) {
    const Params p = testing::random_average_pool(rng);
    expect_exact(p, testing::random_image(rng, p));
  }
}

TEST(AveragePoolS8, AnotherQuantisationIsExact) {
  std::mt19937 rng(4);
  for (int round = 0; round < 150; ++round) {
    Params p = testing::random_average_pool(rng);
    p.rescale = 1;
    p.output_zero_point = pick(rng, -128, 127);
    const FixedMultiplier fixed = testing::pick_multiplier(rng, 0.05, 20);
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    expect_exact(p, testing::random_image(rng, p));
  }
}

// Sums of four channels at the ends of a 16-bit lane.
TEST(AveragePoolS8, WindowsOfOneValueAreThatValue) {
  for (const int8_t value : {int8_t{-128}, int8_t{127}}) {
    const Params p{1, 16, 16, 4, 1, 1, 16, 16, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -128, 127};
    std::vector<std::string> tested;
    const std::vector<int8_t> image(16 * 16 * 4, value);
    EXPECT_EQ(testing::expect_bodies_agree(testing::pool_case<AveragePoolS8>(p, image), &tested),
              testing::to_bytes(std::vector<int8_t>(4, value)));
    EXPECT_THAT(tested, ::testing::Contains("armv7em/average_pool_s8"));
  }
}

// Means of k / 2 for odd k, of both signs: TFLite rounds them away from zero.
TEST(AveragePoolS8, TiesGoAwayFromZero) {
  Params p{1, 1, 2, 4, 1, 1, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -128, 127};
  testing::Case test_case;
  test_case.kernel = find_kernel("average_pool_s8");
  test_case.params = to_words(p);
  test_case.inputs = {testing::to_bytes<int8_t>({1, -1, 7, -7, 2, -2, 4, -4})};
  test_case.output_bytes = 4;
  EXPECT_EQ(testing::expect_bodies_agree(test_case), testing::to_bytes<int8_t>({2, -2, 6, -6}));
}

TEST(AveragePoolS8, TheLargestWindowDoesNotOverflow) {
  std::mt19937 rng(5);
  Params p{1, 128, 128, 1, 1, 1, 128, 128, 1, 1, 0, 0, 0, -128, 127, 1, 1 << 30, 1, -128, 127};
  expect_exact(p, std::vector<int8_t>(128 * 128, 127));
  p.kernel_h = p.input_h = 129;
  EXPECT_FALSE(find_body("portable", "average_pool_s8")->applies(to_words(p)));
}

}  // namespace
}  // namespace tmc::kernels
