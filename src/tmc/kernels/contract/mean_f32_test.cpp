// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/mean_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(MeanF32, OverTheMiddleAxisIsNearItsDefinition) {
  std::mt19937 rng(9);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    const int outer = pick(rng, 1, 4);
    const int depth = pick(rng, 1, 40);
    const int inner = pick(rng, 1, 9);
    const MeanF32::Params p{{1, outer, inner}, {0, depth * inner, 1}, {1, 1, depth}, {0, 0, inner}};
    const auto input = random_floats(rng, static_cast<size_t>(outer * depth * inner));
    const Case test_case = float_case<MeanF32>(p, {input}, static_cast<size_t>(outer * inner));
    const std::vector<float> output = to_floats(expect_bodies_agree(test_case, &tested));
    for (int o = 0; o < outer; ++o) {
      for (int i = 0; i < inner; ++i) {
        double sum = 0;
        for (int d = 0; d < depth; ++d)
          sum += static_cast<double>(input[static_cast<size_t>((o * depth + d) * inner + i)]);
        EXPECT_NEAR(output[static_cast<size_t>(o * inner + i)], sum / depth, 1e-6) << round;
      }
    }
  }
  expect_all_were_tested(*find_kernel("mean_f32"), tested);
}

TEST(MeanF32, OverTwoRunsOfAxes) {
  // [2, 3, 2] over axes 0 and 2.
  const MeanF32::Params p{{1, 1, 3}, {0, 0, 2}, {1, 2, 2}, {0, 6, 1}};
  const Case test_case = float_case<MeanF32>(p, {{0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15}}, 3);
  EXPECT_EQ(to_floats(expect_bodies_agree(test_case)), (std::vector<float>{5.5F, 7.5F, 9.5F}));
}

}  // namespace
}  // namespace tmc::kernels
