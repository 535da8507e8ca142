// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_case.hpp"

namespace tmc::kernels {
namespace {

constexpr int32_t kChannels = 16;

// A window of one row over sixteen channels, all inputs -128, with the same weights and shift in every channel.
testing::Case lowest_inputs(const std::vector<int8_t>& weights, int32_t shift) {
  const auto width = static_cast<int32_t>(weights.size());
  testing::Case test_case;
  test_case.kernel = find_kernel("depthwise_conv2d_s8");
  test_case.params =
      to_words(testing::conv_params({1, 1, 1, 1, 0, 0}, {width, width, 1, 1, 0, 0}, kChannels, kChannels, kChannels));
  std::vector<int8_t> everything;
  for (int channel = 0; channel < kChannels; ++channel)
    everything.insert(everything.end(), weights.begin(), weights.end());
  test_case.constants = {make_blob(DType::kI8, everything), make_blob(DType::kI32, std::vector<int32_t>(kChannels, 0)),
                         make_blob(DType::kI32, std::vector<int32_t>(kChannels, 1 << 30)),
                         make_blob(DType::kI32, std::vector<int32_t>(kChannels, shift))};
  test_case.inputs = {testing::to_bytes(std::vector<int8_t>(static_cast<size_t>(width * kChannels), -128))};
  test_case.output_bytes = kChannels;
  return test_case;
}

std::vector<std::byte> sixteen(int8_t value) {
  return testing::to_bytes(std::vector<int8_t>(kChannels, value));
}

// The output of an implementation, none where its pack refuses.
std::optional<std::vector<std::byte>> output_of(const char* name, const testing::Case& test_case) {
  return testing::run_implementation(*find_implementation("helium", name), test_case);
}

TEST(HeliumSixteensPack, RefusesThePairOfWeightsThatOverflows) {
  const auto output = [](const std::vector<int8_t>& weights) {
    return output_of("depthwise_conv2d_s8_sixteens", lowest_inputs(weights, -9));
  };
  EXPECT_FALSE(output({-128, -128}).has_value());
  EXPECT_FALSE(output({0, -128, -128}).has_value());
  // An odd number of taps begins with a single one: 2 * 16384 + 128 of 2^10 is 32.1.
  EXPECT_EQ(output({-128, -128, -1}), sixteen(32));
  EXPECT_EQ(output({-128, -127}), sixteen(32));
}

TEST(HeliumSixteensPack, TakesShiftsToTheRightAndOnceNone) {
  const std::vector<int8_t> weights = {-1};
  EXPECT_FALSE(output_of("depthwise_conv2d_s8_sixteens", lowest_inputs(weights, 1)).has_value());
  EXPECT_FALSE(output_of("depthwise_conv2d_s8_sixteens_once", lowest_inputs(weights, 1)).has_value());
  EXPECT_FALSE(output_of("depthwise_conv2d_s8_sixteens_once", lowest_inputs(weights, -1)).has_value());
  EXPECT_EQ(output_of("depthwise_conv2d_s8_sixteens", lowest_inputs(weights, -1)), sixteen(32));
  EXPECT_EQ(output_of("depthwise_conv2d_s8_sixteens", lowest_inputs(weights, 0)), sixteen(64));
  EXPECT_EQ(output_of("depthwise_conv2d_s8_sixteens_once", lowest_inputs(weights, 0)), sixteen(64));
}

// Blocks that share channels read them twice, so that an output may run into its input only behind what is still read.
TEST(HeliumSixteens, RunInPlaceOverSinglePixelsOfWholeBlocksOnly) {
  const auto slack = [](int32_t channels) {
    const auto params = testing::conv_params({3, 1, 1, 1, 0, 0}, {3, 1, 1, 1, 0, 0}, channels, channels, channels);
    const auto overlap = find_implementation("helium", "depthwise_conv2d_s8_sixteens")->overlap(to_words(params), 0);
    EXPECT_EQ(overlap.kind, Overlap::Kind::kForward);
    return overlap.slack_bytes;
  };
  EXPECT_EQ(slack(32), 0);
  EXPECT_EQ(slack(40), -40);
}

}  // namespace
}  // namespace tmc::kernels
