// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/host/leaning_groups.hpp"
#include "tmc/kernels/testing/conv_hybrid_s4_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What the contract says: the products are the weights of conv2d_hybrid.
void expect_as_in_bytes(const HybridCase& made, std::vector<std::string>* tested) {
  Case in_bytes = made.test_case;
  in_bytes.kernel = find_kernel("conv2d_hybrid");
  in_bytes.params = to_words(Conv2dHybridS4::in_bytes(from_words<Conv2dHybridS4::Params>(made.test_case.params)));
  EXPECT_EQ(expect_implementations_agree(made.test_case, tested),
            run_implementation(*find_implementation("portable", "conv2d_hybrid"), in_bytes));
}

TEST(Conv2dHybridS4, IsTheConvolutionOfItsProducts) {
  std::mt19937 rng(41);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) expect_as_in_bytes(any_hybrid_s4_case(rng, round), &tested);
  for (int round = 0; round < 200; ++round) expect_as_in_bytes(row_hybrid_s4_case(rng, round), &tested);
  expect_all_were_tested(*find_kernel("conv2d_hybrid_s4"), tested);
}

TEST(Conv2dHybridS4, IsNearItsDefinition) {
  std::mt19937 rng(42);
  std::vector<std::string> tested;
  for (int round = 0; round < 60; ++round) expect_near_definition(row_hybrid_s4_case(rng, round), &tested);
}

TEST(Conv2dHybridS4, RefusesWeightsOfAnotherForm) {
  std::mt19937 rng(43);
  HybridCase made = row_hybrid_s4_case(rng, 2);
  std::vector<std::byte>& weights = made.test_case.constants[0].bytes;
  for (std::byte& weight : weights) weight = std::byte{0};
  const auto expect_taken = [&](bool taken) {
    for (const ImplementationInfo* implementation : all_implementations()) {
      if (implementation->kernel != made.test_case.kernel) continue;
      EXPECT_EQ(run_implementation(*implementation, made.test_case).has_value(), taken) << implementation->type_name;
    }
  };
  weights[0] = std::byte{15};
  expect_taken(true);
  weights[0] = std::byte{16};  // two steps of eight
  expect_taken(true);
  weights[0] = std::byte{17};
  expect_taken(false);
}

// Multiplier, zero point and integers of one group of four.
TEST(LeaningGroups, AreTakenApart) {
  const std::vector<int8_t> leaning = {-14, 0, 28, 91}, symmetric = {-7, 0, 1, 7}, wide = {-8, 0, 1, 8};
  const auto split = split_leaning_groups(leaning, 4, 4);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->multipliers, std::vector<uint8_t>{7});
  EXPECT_EQ(split->zero_points, std::vector<uint8_t>{2});
  EXPECT_EQ(split->integers, (std::vector<uint8_t>{0, 2, 6, 15}));
  EXPECT_EQ(split_leaning_groups(symmetric, 4, 4)->zero_points, std::vector<uint8_t>{8});
  EXPECT_FALSE(split_leaning_groups(wide, 4, 4));
}

TEST(LeaningGroups, AreAsLongAsTheyCanBe) {
  std::vector<int8_t> weights(128, 15);
  EXPECT_EQ(find_leaning_groups(weights, 128), 128U);
  for (size_t i = 64; i < 128; ++i) weights[i] = static_cast<int8_t>(i % 2 == 0 ? 7 : -8);
  EXPECT_EQ(find_leaning_groups(weights, 128), 64U);
  for (size_t i = 64; i < 96; ++i) weights[i] = static_cast<int8_t>(7 * (i % 16));
  EXPECT_EQ(find_leaning_groups(weights, 128), 32U);
  weights[70] = 1;
  EXPECT_FALSE(find_leaning_groups(weights, 128));
  EXPECT_FALSE(find_leaning_groups(std::span(weights).first<4>(), 4));
}

}  // namespace
}  // namespace tmc::kernels
