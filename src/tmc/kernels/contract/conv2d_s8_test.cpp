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
  return find_kernel("conv2d_s8");
}

// 2x2 input of one channel, 2x2 window, padded by one above and to the left, stride 1: every output sees another part
// of the window.
TEST(Conv2dS8, MatchesAHandComputedWindow) {
  auto params = conv_params({2, 2, 1, 1, 1, 0}, {2, 2, 1, 1, 1, 0}, 1, 1, 1);
  params.input_zero_point = 1;
  params.output_zero_point = -3;
  Case test_case;
  test_case.kernel = kernel();
  test_case.params = to_words(params);
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 2, 3, 4}), make_blob<int32_t>(DType::kI32, {5}),
                         make_blob<int32_t>(DType::kI32, {1 << 30}), make_blob<int32_t>(DType::kI32, {1})};
  test_case.inputs = {to_bytes<int8_t>({2, 3, 4, 5})};
  test_case.output_bytes = 4;
  // Less the zero point the input is 1 2 / 3 4; sums 5 + (4, 3 + 8, 2 + 12, 1 + 4 + 9 + 16), then -3.
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int8_t>({6, 13, 16, 32}));
}

// Two groups of two channels to one each; stride 2, dilation 2.
TEST(Conv2dS8, MatchesHandComputedGroupsWithStrideAndDilation) {
  auto params = conv_params({1, 1, 1, 1, 0, 0}, {5, 2, 2, 2, 0, 0}, 4, 2, 2);
  params.activation_min = 0;
  Case test_case;
  test_case.kernel = kernel();
  test_case.params = to_words(params);
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 1, 1, -1, 2, 0, 0, 2}),
                         make_blob<int32_t>(DType::kI32, {0, 1}), make_blob<int32_t>(DType::kI32, {1 << 30, 1 << 30}),
                         make_blob<int32_t>(DType::kI32, {1, 1})};
  std::vector<int8_t> input;
  for (int8_t i = 0; i < 20; ++i) input.push_back(i);
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = 4;
  // Pixels 0 and 2, then 2 and 4: (0 + 1 + 8 - 9, 1 + 4 + 22) and (8 + 9 + 16 - 17, 1 + 20 + 38).
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int8_t>({0, 27, 16, 59}));
}

TEST(Conv2dS8, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(2);
  for (int round = 0; round < 300; ++round) expect_implementations_agree(any_conv_case(rng, round));
}

TEST(Conv2dS8, ImplementationsAgreeOnTheShapesOfNetworks) {
  std::mt19937 rng(3);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) expect_implementations_agree(network_conv_case(rng, round), &tested);
  for (int round = 0; round < 100; ++round) expect_implementations_agree(full_range_conv_case(rng), &tested);
  expect_all_were_tested(*kernel(), tested);
}

// More channels than the implementations of pairs have scratch for at once, the last block smaller than the others.
TEST(Conv2dS8, WideOutputsAreMadeInBlocks) {
  std::mt19937 rng(9);
  for (int round = 0; round < 12; ++round) {
    const Axis axis{pick(rng, 1, 4), pick(rng, 1, 2), 1, 1, 0, 0};
    auto params = conv_params(axis, axis, pick(rng, 1, 9), 2 * pick(rng, 257, 700), 1);
    randomize_quantization(rng, params);
    std::vector<std::string> tested;
    const bool once = round % 2 == 1;
    expect_implementations_agree(conv_case(rng, kernel(), params, {127, 3000, 0.004, once}), &tested);
    for (const char* name : {"conv2d_s8", "conv2d_s8_once"}) {
      if (!once && std::string(name) == "conv2d_s8_once") continue;
      const ImplementationInfo* implementation = find_implementation("armv7em", name);
      EXPECT_EQ(std::ranges::count(tested, implementation->label()), 1) << name;
      EXPECT_EQ(implementation->overlap(to_words(params), 0).kind, Overlap::Kind::kNever);
      EXPECT_LT(implementation->scratch_bytes(to_words(params)), 512 * 12 + 2000);
    }
  }
}

// What a channel's roundings say is which implementations it has, in whatever order they come.
TEST(Conv2dS8, OneRoundingTakesChannelsThatRoundOnceOnly) {
  std::mt19937 rng(11);
  const Axis axis{9, 1, 1, 1, 0, 0};
  const auto params = conv_params(axis, axis, 16, 8, 1);
  Case test_case = conv_case(rng, kernel(), params, {127, 3000, 0.004, true});
  const auto implementations_of_case = [&] {
    std::vector<std::string> tested;
    expect_implementations_agree(test_case, &tested);
    return std::ranges::count(tested, "armv7em/conv2d_s8_once") +
           std::ranges::count(tested, "armv7em/conv2d_s8_once_lanes");
  };
  EXPECT_EQ(implementations_of_case(), 2);
  const Case twice = conv_case(rng, kernel(), params, {127, 3000, 0.004, false});
  for (const size_t blob : {size_t{2}, size_t{3}}) {  // multiplier and shift of the last channel
    std::ranges::copy(std::span(twice.constants[blob].bytes).last(4), test_case.constants[blob].bytes.end() - 4);
  }
  EXPECT_EQ(implementations_of_case(), 0);
}

// Groups, an odd number of channels, weights and sums beyond what goes into channel pairs.
TEST(Conv2dS8, WhatPairsRefuseHasAFastImplementation) {
  std::mt19937 rng(5);
  const auto expect_single = [&](const Conv2dS8::Params& p, const ChannelRanges& ranges) {
    std::vector<std::string> tested;
    expect_implementations_agree(conv_case(rng, kernel(), p, ranges), &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/conv2d_s8"), 0);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/conv2d_s8_single"), 1);
  };
  const Axis three{7, 3, 1, 1, 1, 1};
  expect_single(conv_params(three, three, 12, 19, 1), {127, 20000, 0.002});
  expect_single(conv_params(three, three, 12, 8, 4), {127, 20000, 0.002});
  expect_single(conv_params(three, three, 512, 6, 1), {128, 20000, 0.0005});
  expect_single(conv_params({7, 1, 2, 1, 0, 0}, {7, 1, 2, 1, 0, 0}, 13, 5, 1), {128, 20000, 0.002});
}

TEST(Conv2dS8, ALongFormTakesEveryConstant) {
  std::mt19937 rng(7);
  for (int round = 0; round < 100; ++round) {
    const Axis axis{pick(rng, 1, 5), pick(rng, 1, 3), pick(rng, 1, 2), 1, 1, 1};
    const int32_t input_c = round % 5 == 0 ? pick(rng, 100, 300) : pick(rng, 1, 20);
    auto params = conv_params(axis, axis, input_c, 2 * pick(rng, 1, 4), 1);
    randomize_quantization(rng, params);
    Case test_case = conv_case(rng, kernel(), params, {});
    test_case.constants = extreme_channels(rng, test_case.constants);
    std::vector<std::string> tested;
    expect_implementations_agree(test_case, &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/conv2d_s8_long"), 1);
  }
}

}  // namespace
}  // namespace tmc::kernels
