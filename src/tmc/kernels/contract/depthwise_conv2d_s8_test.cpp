// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/extreme_channels.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

const KernelInfo* kernel() {
  return find_kernel("depthwise_conv2d_s8");
}

// Two channels with a multiplier of two: outputs 0 and 1 read channel 0, outputs 2 and 3 read channel 1.
TEST(DepthwiseConv2dS8, MatchesAHandComputedChannelMultiplier) {
  auto params = conv_params({1, 1, 1, 1, 0, 0}, {2, 2, 1, 1, 0, 1}, 2, 4, 2);
  params.input_zero_point = -1;
  params.activation_max = 9;
  Case test_case;
  test_case.kernel = kernel();
  test_case.params = to_words(params);
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 2, -1, 0, 3, 1, 0, 5}),
                         make_blob<int32_t>(DType::kI32, {0, 1, 2, -3}),
                         make_blob<int32_t>(DType::kI32, {1 << 30, 1 << 30, 1 << 30, 1 << 30}),
                         make_blob<int32_t>(DType::kI32, {1, 1, 1, 1})};
  test_case.inputs = {to_bytes<int8_t>({0, 1, 2, -2})};
  test_case.output_bytes = 8;
  // With the zero point away the pixels are (1, 2) and (3, -1), and nothing to the right.
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int8_t>({7, 0, 7, -8, 3, -2, -1, -3}));
}

TEST(DepthwiseConv2dS8, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(2);
  for (int round = 0; round < 300; ++round) expect_implementations_agree(any_depthwise_case(rng, round));
}

TEST(DepthwiseConv2dS8, ImplementationsAgreeOnTheShapesOfNetworks) {
  std::mt19937 rng(3);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) expect_implementations_agree(network_depthwise_case(rng, round), &tested);
  expect_all_were_tested(*kernel(), tested);
}

TEST(DepthwiseConv2dS8, ImplementationsAgreeOnManyChannels) {
  std::mt19937 rng(5);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    expect_implementations_agree(many_channels_depthwise_case(rng, round), &tested);
  }
  EXPECT_GT(std::ranges::count(tested, "helium/depthwise_conv2d_s8_sixteens"), 50);
  EXPECT_GT(std::ranges::count(tested, "helium/depthwise_conv2d_s8_sixteens_once"), 5);
}

TEST(DepthwiseConv2dS8, ImplementationsAgreeOnLargeWindows) {
  std::mt19937 rng(4);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) expect_implementations_agree(large_depthwise_case(rng, round), &tested);
  EXPECT_GT(std::ranges::count(tested, "armv7em/depthwise_conv2d_s8_lines"), 50);
}

// In one slab the output may begin where the input does; in several it may not.
TEST(DepthwiseConv2dS8, LinesRunInPlaceWhereOneSlabHoldsTheImage) {
  const ImplementationInfo* implementation = find_implementation("armv7em", "depthwise_conv2d_s8_lines");
  const auto overlap_of = [&](int32_t extent) {
    const Axis axis{extent, 5, 1, 1, 2, 2};
    return implementation->overlap(to_words(conv_params(axis, axis, 8, 8, 8)), 0).kind;
  };
  EXPECT_EQ(overlap_of(12), Overlap::Kind::kSameBegin);
  EXPECT_EQ(overlap_of(40), Overlap::Kind::kNever);
}

TEST(DepthwiseConv2dS8, LongFormsTakeEveryConstant) {
  std::mt19937 rng(8);
  std::vector<std::string> tested;
  for (int round = 0; round < 120; ++round) {
    Case test_case = round % 2 ? network_depthwise_case(rng, round) : large_depthwise_case(rng, round);
    test_case.constants = extreme_channels(rng, test_case.constants);
    const auto before = std::ranges::count(tested, "armv7em/depthwise_conv2d_s8_long");
    expect_implementations_agree(test_case, &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/depthwise_conv2d_s8_long"), before + 1);
  }
  EXPECT_GT(std::ranges::count(tested, "armv7em/depthwise_conv2d_s8_3x3_long"), 20);
  EXPECT_GT(std::ranges::count(tested, "armv7em/depthwise_conv2d_s8_lines_long"), 100);
}

}  // namespace
}  // namespace tmc::kernels
