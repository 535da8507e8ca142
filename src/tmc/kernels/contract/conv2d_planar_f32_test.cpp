// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_f32_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(Conv2dPlanarF32, AnyWindowIsNearItsDefinition) {
  std::mt19937 rng(6);
  std::vector<std::string> tested;
  int cases = 0;
  for (int round = 0; round < 600; ++round) {
    const FloatConvCase made = float_conv_case<Conv2dF32>(rng, any_conv_case(rng, round));
    if (made.params.groups != 1) continue;
    expect_near_definition(with_planes(made), &tested);
    ++cases;
  }
  EXPECT_GE(cases, 100);
  expect_all_were_tested(*find_kernel("conv2d_planar_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
