// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What int8 holds is the convolution that there is; twice as large weights are those of a multiplier twice as large.
TEST(Conv2dS8W16, IsTheConvolutionOfLargerWeights) {
  std::mt19937 rng(23);
  std::vector<std::string> tested;
  int doubled_ones = 0;
  for (int round = 0; round < 100; ++round) {
    Case of = round % 3 == 0   ? any_depthwise_case(rng, round)
              : round % 3 == 1 ? network_depthwise_case(rng, round)
                               : any_conv_case(rng, round);
    of.kernel = find_kernel(Conv2dS8::kName);
    EXPECT_EQ(expect_implementations_agree(with_wide_weights(of, 1), &tested), expect_implementations_agree(of))
        << round;

    const kernels::Blob& bias = of.constants[1];
    Case doubled = with_wide_weights(of, 2);
    std::vector<int32_t> twice, shifts;
    bool wraps = false;
    for (size_t i = 0; i < bias.bytes.size(); i += sizeof(int32_t)) {
      int32_t value = 0;
      std::memcpy(&value, &bias.bytes[i], sizeof(value));
      wraps = wraps || value > 1 << 29 || value < -(1 << 29);
      twice.push_back(static_cast<int32_t>(2 * static_cast<uint32_t>(value)));
      std::memcpy(&value, &of.constants[3].bytes[i], sizeof(value));
      wraps = wraps || value < -24 || value > 0;
      shifts.push_back(value - 1);
    }
    if (wraps) continue;
    ++doubled_ones;
    doubled.constants[1] = make_blob(DType::kI32, twice);
    doubled.constants[3] = make_blob(DType::kI32, shifts);
    const auto expected = expect_implementations_agree(of);
    const auto actual = expect_implementations_agree(doubled, &tested);
    ASSERT_EQ(actual.size(), expected.size());
    // The first of two roundings is one bit finer.
    for (size_t i = 0; i < actual.size(); ++i) {
      EXPECT_NEAR(static_cast<int8_t>(actual[i]), static_cast<int8_t>(expected[i]), 1) << round;
    }
  }
  EXPECT_GT(doubled_ones, 30);
  expect_all_were_tested(*find_kernel(Conv2dS8W16::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
