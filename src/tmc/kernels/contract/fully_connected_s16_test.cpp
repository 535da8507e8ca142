// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/fully_connected.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/kernels/testing/int16_case.hpp"

namespace tmc::kernels {
namespace {

using testing::Case;

TEST(FullyConnectedS16, MatchesAHandComputedRow) {
  Case test_case;
  test_case.kernel = find_kernel("fully_connected_s16");
  test_case.params = to_words(FullyConnectedS16::Params{1, 3, 2, 0, 0, -32768, 32767});
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 2, 3, -1, 0, 127}),
                         make_blob<int32_t>(DType::kI32, {10, -4}), make_blob<int32_t>(DType::kI32, {1 << 30, 1 << 30}),
                         make_blob<int32_t>(DType::kI32, {0, -1})};
  test_case.inputs = {testing::to_bytes<int16_t>({501, -300, 1001})};
  test_case.output_bytes = 4;
  // Sums: 10 + 501 - 600 + 3003 = 2914 and -4 - 501 + 127127 = 126622; halved and quartered.
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int16_t>({1457, 31656}));
  test_case.inputs = {testing::to_bytes<int16_t>({5, -8, -1})};
  // Sums: 10 + 5 - 16 - 3 = -4 and -4 - 5 - 127 = -136.
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int16_t>({-2, -34}));
  // Sums: 10 - 98304 and -4 - 127 * 32768.
  test_case.inputs = {testing::to_bytes<int16_t>({0, 0, -32768})};
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes<int16_t>({-32768, -32768}));
}

TEST(FullyConnectedS16, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    const Case shape = testing::any_fully_connected_case(rng, round);
    testing::expect_implementations_agree(testing::int16_case<FullyConnectedS16>(rng, shape), &tested);
  }
  testing::expect_all_were_tested(*find_kernel("fully_connected_s16"), tested);
}

}  // namespace
}  // namespace tmc::kernels
