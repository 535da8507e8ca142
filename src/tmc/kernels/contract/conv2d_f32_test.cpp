// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_f32_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// The window of the int8 test: 2x2 input, 2x2 window, padded by one above and to the left.
TEST(Conv2dF32, MatchesAHandComputedWindow) {
  const auto params = float_params(conv_params({2, 2, 1, 1, 1, 0}, {2, 2, 1, 1, 1, 0}, 1, 1, 1));
  Case test_case = float_case<Conv2dF32>(params, {{1, 2, 3, 4}}, 4);
  test_case.constants = {make_blob<float>(DType::kF32, {1, 2, 3, 4}), make_blob<float>(DType::kF32, {2})};
  test_case.tolerances = {0, 0, 0, 0};
  EXPECT_EQ(to_floats(expect_implementations_agree(test_case)), (std::vector<float>{6, 13, 16, 32}));
}

TEST(Conv2dF32, AnyWindowIsNearItsDefinition) {
  std::mt19937 rng(2);
  for (int round = 0; round < 300; ++round) {
    expect_near_definition(float_conv_case<Conv2dF32>(rng, any_conv_case(rng, round)));
  }
}

TEST(Conv2dF32, TheShapesOfNetworksAreNearTheirDefinition) {
  std::mt19937 rng(3);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) {
    expect_near_definition(float_conv_case<Conv2dF32>(rng, network_conv_case(rng, round)), &tested);
  }
  expect_all_were_tested(*find_kernel("conv2d_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
