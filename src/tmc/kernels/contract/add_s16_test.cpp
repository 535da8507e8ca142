// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/add.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/add_case.hpp"

namespace tmc::kernels {
namespace {

constexpr auto* kNaive = &testing::naive_add<AddS16>;

TEST(AddS16, PairsFromEndToEndAreExact) {
  std::mt19937 rng(191);
  std::vector<std::string> tested;
  for (int round = 0; round < 30; ++round) {
    auto values = testing::random_elements<int16_t>(rng, 60);
    for (const int edge : {-32768, -32767, -1, 0, 1, 32767}) values.push_back(static_cast<int16_t>(edge));
    testing::expect_pairs<AddS16>(testing::random_add_params<AddS16>(rng), values, kNaive, &tested);
  }
  testing::expect_all_were_tested(*find_kernel("add_s16"), tested);
}

TEST(AddS16, BroadcastsAlongAnyAxes) {
  std::mt19937 rng(192);
  for (int round = 0; round < 200; ++round) {
    testing::expect_random_broadcast<AddS16>(rng, testing::random_add_params<AddS16>(rng), kNaive);
  }
}

TEST(AddS16, TakesNeitherZeroPointsNorASign) {
  std::mt19937 rng(193);
  const AddS16::Params p = testing::random_add_params<AddS16>(rng);
  const auto applies = [](const AddS16::Params& params) {
    return find_implementation("portable", "add_s16")->applies(to_words(params));
  };
  EXPECT_TRUE(applies(p));
  for (int32_t AddS16::Params::*zero_point :
       {&AddS16::Params::a_zero_point, &AddS16::Params::b_zero_point, &AddS16::Params::output_zero_point}) {
    AddS16::Params shifted = p;
    shifted.*zero_point = 1;
    EXPECT_FALSE(applies(shifted));
  }
  AddS16::Params negated = p;
  negated.b_sign = -1;
  EXPECT_FALSE(applies(negated));
}

}  // namespace
}  // namespace tmc::kernels
