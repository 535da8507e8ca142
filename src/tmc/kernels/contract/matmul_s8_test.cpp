// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/matmul.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/matmul_case.hpp"

namespace tmc::kernels {
namespace {

using testing::pick;

TEST(MatmulS8, BatchesBroadcastAndAreExact) {
  std::mt19937 rng(81);
  for (int round = 0; round < 200; ++round) {
    const FixedMultiplier fixed = testing::pick_multiplier(rng, 1e-5, 1);
    size_t matrices[2];
    auto p = testing::random_matmul_extents<MatmulS8::Params>(rng, round % 5 == 0, matrices);
    p.a_zero_point = pick(rng, -128, 127);
    p.b_zero_point = pick(rng, -128, 127);
    p.output_zero_point = pick(rng, -128, 127);
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    const auto a = testing::random_elements<int8_t>(rng, matrices[0] * static_cast<size_t>(p.rows * p.inner));
    const auto b = testing::random_elements<int8_t>(rng, matrices[1] * static_cast<size_t>(p.columns * p.inner));
    testing::expect_matmul<MatmulS8>(p, a, b, [&p](double sum) {
      const double scaled = testing::naive_requantize(sum, p.multiplier, p.shift);
      return static_cast<int8_t>(testing::naive_clamp(scaled + p.output_zero_point, -128, 127));
    });
  }
}

}  // namespace
}  // namespace tmc::kernels
