// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_f32_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(DepthwiseConv2dF32, AnyWindowIsNearItsDefinition) {
  std::mt19937 rng(4);
  for (int round = 0; round < 300; ++round) {
    expect_near_definition(float_conv_case<DepthwiseConv2dF32>(rng, any_depthwise_case(rng, round)));
  }
}

TEST(DepthwiseConv2dF32, TheShapesOfNetworksAreNearTheirDefinition) {
  std::mt19937 rng(5);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) {
    expect_near_definition(float_conv_case<DepthwiseConv2dF32>(rng, network_depthwise_case(rng, round)), &tested);
  }
  expect_all_were_tested(*find_kernel("depthwise_conv2d_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
