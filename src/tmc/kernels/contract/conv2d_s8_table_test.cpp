// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/table_after_case.hpp"

namespace tmc::kernels {
namespace {

TEST(Conv2dS8Table, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(31);
  std::vector<std::string> tested;
  for (int round = 0; round < 600; ++round) {
    testing::expect_implementations_agree(testing::any_conv_table_case(rng, round), &tested);
  }
  testing::expect_all_were_tested(*find_kernel("conv2d_s8_table"), tested);
}

TEST(Conv2dS8Table, GivesTheTableOfTheLayersOutput) {
  std::mt19937 rng(32);
  int compared = 0;
  for (int round = 0; round < 60; ++round)
    compared += testing::expect_table_of_layer(testing::any_conv_table_case(rng, round));
  EXPECT_GT(compared, 60);
}

}  // namespace
}  // namespace tmc::kernels
