// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/fully_connected.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/extreme_channels.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using testing::Case;

TEST(FullyConnectedS8, MatchesAHandComputedRow) {
  Case test_case;
  test_case.kernel = find_kernel("fully_connected_s8");
  test_case.params = to_words(FullyConnectedS8::Params{1, 3, 2, 1, -2, -128, 127});
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 2, 3, -1, 0, 127}),
                         make_blob<int32_t>(DType::kI32, {10, -4}), make_blob<int32_t>(DType::kI32, {1 << 30, 1 << 30}),
                         make_blob<int32_t>(DType::kI32, {0, -1})};
  test_case.inputs = {testing::to_bytes<int8_t>({5, -3, 101})};
  test_case.output_bytes = 2;
  // Sums: 10 + 4 - 8 + 300 = 306 and -4 - 4 + 12700 = 12692; halved and quartered; the second saturates.
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int8_t>({127, 127}));
  test_case.inputs = {testing::to_bytes<int8_t>({5, -3, 1})};
  // Sums: 6 and -8; 3 - 2 = 1 and -2 - 2 = -4.
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int8_t>({1, -4}));
}

TEST(FullyConnectedS8, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    testing::expect_implementations_agree(testing::any_fully_connected_case(rng, round), &tested);
  }
  testing::expect_all_were_tested(*find_kernel("fully_connected_s8"), tested);
}

// Weights of the full range and sums of more than 24 bits, which do not go into channel pairs.
TEST(FullyConnectedS8, LongRowsOfAnyWeightsHaveAFastImplementation) {
  std::mt19937 rng(4);
  for (const int inputs : {3999, 4000, 4001, 4005}) {
    const FullyConnectedS8::Params p{2, inputs, testing::pick(rng, 1, 9), testing::pick(rng, -128, 127), 3, -128, 127};
    std::vector<std::string> tested;
    testing::expect_implementations_agree(testing::fully_connected_case(rng, p, {128, 20000, 0.0005}), &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/fully_connected_s8"), 0);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/fully_connected_s8_single"), 1);
  }
}

// The inner loop asks the first of four channels how often all of them round.
TEST(FullyConnectedS8, BlocksThatRoundDifferentlyAreLeftToAnotherImplementation) {
  std::mt19937 rng(5);
  const FullyConnectedS8::Params p{2, 40, 10, -3, 3, -128, 127};
  Case test_case = testing::fully_connected_case(rng, p, {127, 3000, 0.004, true});
  for (const size_t changed : {size_t{10}, size_t{0}, size_t{7}, size_t{9}}) {
    std::vector<int32_t> multiplier(10), shift(10);
    for (size_t i = 0; i < 10; ++i) {
      const FixedMultiplier fixed =
          i == changed ? quantize_multiplier(0.01) : quantize_multiplier_for_one_rounding(0.01);
      multiplier[i] = fixed.multiplier;
      shift[i] = fixed.shift;
    }
    test_case.constants[2] = make_blob(DType::kI32, multiplier);
    test_case.constants[3] = make_blob(DType::kI32, shift);
    std::vector<std::string> tested;
    testing::expect_implementations_agree(test_case, &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/fully_connected_s8"), changed < 10 ? 0 : 1) << changed;
    EXPECT_EQ(std::ranges::count(tested, "armv7em/fully_connected_s8_single"), 1) << changed;
  }
}

TEST(FullyConnectedS8, ALongFormTakesEveryConstant) {
  std::mt19937 rng(9);
  for (int round = 0; round < 100; ++round) {
    Case test_case = testing::any_fully_connected_case(rng, round);
    test_case.constants = testing::extreme_channels(rng, test_case.constants);
    std::vector<std::string> tested;
    testing::expect_implementations_agree(test_case, &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/fully_connected_s8_long"), 1);
  }
}

}  // namespace
}  // namespace tmc::kernels
