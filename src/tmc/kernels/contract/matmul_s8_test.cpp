// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/matmul.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/matmul_case.hpp"

namespace tmc::kernels {
namespace {

TEST(MatmulS8, BatchesBroadcastAndAreExact) {
  std::mt19937 rng(81);
  for (int round = 0; round < 200; ++round) {
    size_t matrices[2];
    const MatmulS8::Params p = testing::random_matmul_s8(rng, round, matrices);
    const auto a = testing::random_operand(rng, matrices[0] * static_cast<size_t>(p.rows * p.inner));
    const auto b = testing::random_operand(rng, matrices[1] * static_cast<size_t>(p.columns * p.inner));
    testing::expect_matmul<MatmulS8>(p, a, b, [&p](double sum) {
      const double scaled = testing::naive_requantize(sum, p.multiplier, p.shift);
      return static_cast<int8_t>(testing::naive_clamp(scaled + p.output_zero_point, -128, 127));
    });
  }
}

TEST(MatmulS8, EveryImplementationRuns) {
  std::mt19937 rng(82);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    testing::expect_implementations_agree(testing::any_matmul_case(rng, round), &tested);
  }
  testing::expect_all_were_tested(*find_kernel("matmul_s8"), tested);
}

}  // namespace
}  // namespace tmc::kernels
