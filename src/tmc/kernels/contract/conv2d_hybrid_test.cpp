// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_hybrid.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_hybrid_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(Conv2dHybrid, AnyWindowIsNearItsDefinition) {
  std::mt19937 rng(21);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) {
    for (const Case& shape : {any_conv_case(rng, round), network_conv_case(rng, round), any_depthwise_case(rng, round),
                              network_depthwise_case(rng, round)}) {
      expect_near_definition(hybrid_case(rng, shape), &tested);
    }
  }
  for (int round = 0; round < 60; ++round) expect_near_definition(row_hybrid_case(rng), &tested);
  expect_all_were_tested(*find_kernel("conv2d_hybrid"), tested);
}

}  // namespace
}  // namespace tmc::kernels
