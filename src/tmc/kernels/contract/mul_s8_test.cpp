// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/mul.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/kernels/testing/mul_case.hpp"

namespace tmc::kernels {
namespace {

constexpr auto* kNaive = &testing::naive_mul<MulS8>;

TEST(MulS8, EveryPairOfInputsIsExact) {
  std::mt19937 rng(31);
  std::vector<std::string> tested;
  for (int round = 0; round < 20; ++round)
    testing::expect_every_pair<MulS8>(testing::random_mul_params<MulS8>(rng), kNaive, &tested);
  testing::expect_all_were_tested(*find_kernel("mul_s8"), tested);
}

TEST(MulS8, EveryShiftIsExactAtBothEndsOfTheMultiplier) {
  std::mt19937 rng(33);
  for (int32_t shift = 2; shift >= -20; --shift) {
    for (const int32_t multiplier : {1 << 30, INT32_MAX}) {
      MulS8::Params p = testing::random_mul_params<MulS8>(rng);
      p.a_zero_point = shift % 2 == 0 ? -128 : 127;
      p.b_zero_point = shift % 3 == 0 ? -128 : 127;
      p.output_multiplier = multiplier;
      p.output_shift = shift;
      std::vector<std::string> tested;
      testing::expect_every_pair<MulS8>(p, kNaive, &tested);
      const bool is_fast = shift <= -2 && shift >= -16;
      EXPECT_EQ(std::ranges::count(tested, "armv7em/mul_s8"), is_fast ? 1 : 0) << shift;
    }
  }
}

// A half makes every odd product a tie.
TEST(MulS8, TiesOfTheShiftGoAwayFromZero) {
  MulS8::Params p{};
  p.output_multiplier = 1 << 30;
  p.activation_min = -128;
  p.activation_max = 127;
  testing::expect_every_pair<MulS8>(p, kNaive);
}

TEST(MulS8, BroadcastsAlongAnyAxes) {
  std::mt19937 rng(32);
  for (int round = 0; round < 200; ++round) {
    testing::expect_random_broadcast<MulS8>(rng, testing::random_mul_params<MulS8>(rng), kNaive);
  }
}

}  // namespace
}  // namespace tmc::kernels
