// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/add.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/kernels/testing/add_case.hpp"

namespace tmc::kernels {
namespace {

constexpr auto* kNaive = &testing::naive_add<AddS8>;

TEST(AddS8, EveryPairOfInputsIsExact) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 20; ++round) {
    testing::expect_every_pair<AddS8>(testing::random_add_params<AddS8>(rng), kNaive, &tested);
  }
  EXPECT_GT(std::ranges::count(tested, "armv7em/add_s8"), 10);
  // Of two tensors of one shape.
  auto dense = testing::random_add_params<AddS8>(rng);
  testing::set_broadcast(dense, {1, 3, 1, 21}, {true, true, true, true}, {true, true, true, true});
  const auto values = [&] { return testing::random_elements<int8_t>(rng, 63); };
  testing::expect_binary<AddS8>(dense, {values(), values()}, kNaive, &tested);
  testing::expect_all_were_tested(*find_kernel("add_s8"), tested);
}

TEST(AddS8, BroadcastsAlongAnyAxes) {
  std::mt19937 rng(2);
  for (int round = 0; round < 200; ++round) {
    testing::expect_random_broadcast<AddS8>(rng, testing::random_add_params<AddS8>(rng), kNaive);
  }
}

TEST(AddS8, ALargeOutputMultiplierShiftsLeft) {
  AddS8::Params p{};
  p.b_sign = -1;
  p.a_multiplier = p.b_multiplier = 1 << 30;
  p.output_multiplier = 1 << 30;
  p.output_shift = -16;  // 2^20 * 2^-1 * 2^-1 * 2^-16 = 4 for a difference of one
  p.activation_min = -128;
  p.activation_max = 127;
  testing::expect_every_pair<AddS8>(p, kNaive);
}

TEST(AddS8, RunsInPlaceOverDenseOperandsOnly) {
  AddS8::Params p{};
  testing::set_broadcast(p, {2, 3, 4, 5}, {true, true, true, true}, {true, false, true, true});
  const ImplementationInfo* implementation = find_implementation("portable", "add_s8");
  EXPECT_EQ(implementation->overlap(to_words(p), 0).kind, Overlap::Kind::kForward);
  EXPECT_EQ(implementation->overlap(to_words(p), 1).kind, Overlap::Kind::kNever);
}

}  // namespace
}  // namespace tmc::kernels
