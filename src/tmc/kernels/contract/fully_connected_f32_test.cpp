// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/fully_connected.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/fully_connected_f32_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(FullyConnectedF32, MatchesAHandComputedRow) {
  Case test_case = float_case<FullyConnectedF32>({1, 3, 2, 0, 0, kInfinity}, {{5, -3, 0.5F}}, 2);
  test_case.constants = {make_blob<float>(DType::kF32, {1, 2, 3, -1, 0, 4}), make_blob<float>(DType::kF32, {10, 1})};
  EXPECT_EQ(to_floats(expect_implementations_agree(test_case)), (std::vector<float>{10.5F, 0}));
}

TEST(FullyConnectedF32, RandomRowsAreNearTheirDefinition) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    const FloatRowsCase made = float_fully_connected_case(rng, round);
    const FullyConnectedF32::Params& p = made.params;
    const std::vector<float> output = to_floats(expect_implementations_agree(made.test_case, &tested));
    for (size_t at = 0; at < output.size(); ++at) {
      const NaiveSum sum = naive_row(made, at / made.bias.size(), at % made.bias.size());
      const double expected =
          naive_clamp(sum.value, static_cast<double>(p.activation_min), static_cast<double>(p.activation_max));
      ASSERT_NEAR(output[at], expected, sum.tolerance()) << ::testing::PrintToString(made.test_case.params);
    }
  }
  expect_all_were_tested(*find_kernel("fully_connected_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
