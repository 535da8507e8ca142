// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/softmax_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(SoftmaxS8S16, IsTheNearestIntegerUpToTheErrorOfTheSum) {
  std::mt19937 rng(13);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    const auto [p, table, input] = random_softmax(rng, round);
    Case test_case = softmax_case(p, table, input);
    test_case.kernel = find_kernel(SoftmaxS8S16::kName);
    test_case.output_bytes = 2 * input.size();
    const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
    ASSERT_EQ(bytes.size(), 2 * input.size());
    const std::vector<double> expected = naive_softmax(p, table, input, 65536);
    for (size_t i = 0; i < expected.size(); ++i) {
      int16_t actual = 0;
      std::memcpy(&actual, &bytes[2 * i], sizeof(actual));
      // Half a step of rounding; an exponential enters the sum with 19 fractional bits.
      ASSERT_NEAR(actual, expected[i], 0.6 + p.depth * 65536.0 / (1 << 20)) << round;
    }
  }
  expect_all_were_tested(*find_kernel(SoftmaxS8S16::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
