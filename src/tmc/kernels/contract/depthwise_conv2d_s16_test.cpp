// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/int16_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Two channels with a multiplier of two: outputs 0 and 1 read channel 0, outputs 2 and 3 read channel 1.
TEST(DepthwiseConv2dS16, MatchesAHandComputedChannelMultiplier) {
  auto params = conv_params({1, 1, 1, 1, 0, 0}, {2, 2, 1, 1, 0, 1}, 2, 4, 2);
  params.activation_min = -32768;
  params.activation_max = 5000;
  Case test_case;
  test_case.kernel = find_kernel("depthwise_conv2d_s16");
  test_case.params = to_words(params);
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 2, -1, 0, 3, 1, 0, 5}),
                         make_blob<int32_t>(DType::kI32, {0, 1, 2, -3}),
                         make_blob<int32_t>(DType::kI32, {1 << 30, 1 << 30, 1 << 30, 1 << 30}),
                         make_blob<int32_t>(DType::kI32, {1, 1, 1, 1})};
  test_case.inputs = {to_bytes<int16_t>({1000, 2000, 3000, -1000})};
  test_case.output_bytes = 16;
  // Pixels (1000, 2000) and (3000, -1000), and nothing to the right.
  EXPECT_EQ(expect_implementations_agree(test_case),
            to_bytes<int16_t>({5000, -999, 5000, -5003, 3000, -2999, -2998, -3}));
}

TEST(DepthwiseConv2dS16, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(2);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) {
    for (const Case& shape :
         {any_depthwise_case(rng, round), network_depthwise_case(rng, round), large_depthwise_case(rng, round)}) {
      expect_implementations_agree(int16_case<DepthwiseConv2dS16>(rng, shape), &tested);
    }
  }
  expect_all_were_tested(*find_kernel("depthwise_conv2d_s16"), tested);
}

}  // namespace
}  // namespace tmc::kernels
