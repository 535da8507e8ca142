// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/mul.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/mul_case.hpp"

namespace tmc::kernels {
namespace {

constexpr auto* kNaive = &testing::naive_mul<MulS16>;

TEST(MulS16, PairsFromEndToEndAreExact) {
  std::mt19937 rng(231);
  std::vector<std::string> tested;
  for (int round = 0; round < 30; ++round) {
    auto values = testing::random_elements<int16_t>(rng, 60);
    for (const int edge : {-32768, -32767, -1, 0, 1, 32767}) values.push_back(static_cast<int16_t>(edge));
    testing::expect_pairs<MulS16>(testing::random_mul_params<MulS16>(rng), values, kNaive, &tested);
  }
  testing::expect_all_were_tested(*find_kernel("mul_s16"), tested);
}

TEST(MulS16, EveryShiftIsExactAtBothEndsOfTheMultiplier) {
  std::mt19937 rng(232);
  const auto values = testing::random_elements<int16_t>(rng, 60);
  for (int32_t shift = 0; shift >= -31; --shift) {
    for (const int32_t multiplier : {1 << 30, INT32_MAX}) {
      MulS16::Params p = testing::random_mul_params<MulS16>(rng);
      p.output_multiplier = multiplier;
      p.output_shift = shift;
      testing::expect_pairs<MulS16>(p, values, kNaive);
    }
  }
}

TEST(MulS16, BroadcastsAlongAnyAxes) {
  std::mt19937 rng(233);
  for (int round = 0; round < 200; ++round) {
    testing::expect_random_broadcast<MulS16>(rng, testing::random_mul_params<MulS16>(rng), kNaive);
  }
}

TEST(MulS16, TakesNoZeroPoints) {
  for (int32_t MulS16::Params::*zero_point :
       {&MulS16::Params::a_zero_point, &MulS16::Params::b_zero_point, &MulS16::Params::output_zero_point}) {
    MulS16::Params p{};
    p.*zero_point = 1;
    EXPECT_FALSE(find_implementation("portable", "mul_s16")->applies(to_words(p)));
  }
}

}  // namespace
}  // namespace tmc::kernels
