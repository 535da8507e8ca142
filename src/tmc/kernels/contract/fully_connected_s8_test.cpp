// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/fully_connected_s8.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/channel_case.hpp"

namespace tmc::kernels {
namespace {

using testing::Case;
using testing::random_values;

Case make_case(std::mt19937& rng, const FullyConnectedS8::Params& params, int weight_limit, double scale) {
  const auto outputs = static_cast<size_t>(params.outputs);
  const auto inputs = static_cast<size_t>(params.inputs);
  Case test_case;
  test_case.kernel = find_kernel("fully_connected_s8");
  test_case.params = to_words(params);
  test_case.constants = testing::random_channel_constants(rng, outputs * inputs, outputs, {weight_limit, 20000, scale});
  test_case.inputs = {
      testing::to_bytes(random_values<int8_t>(rng, static_cast<size_t>(params.batch) * inputs, -128, 127))};
  test_case.output_bytes = static_cast<size_t>(params.batch) * outputs;
  return test_case;
}

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
  EXPECT_EQ(testing::expect_bodies_agree(test_case), testing::to_bytes<int8_t>({127, 127}));
  test_case.inputs = {testing::to_bytes<int8_t>({5, -3, 1})};
  // Sums: 6 and -8; 3 - 2 = 1 and -2 - 2 = -4.
  EXPECT_EQ(testing::expect_bodies_agree(test_case), testing::to_bytes<int8_t>({1, -4}));
}

TEST(FullyConnectedS8, BodiesAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(1);
  for (int round = 0; round < 200; ++round) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
    FullyConnectedS8::Params params{pick(1, 3), pick(1, 70), pick(1, 20), pick(-128, 127), pick(-128, 127), -128, 127};
    if (round % 4 == 0) params.activation_min = params.output_zero_point;
    if (round % 5 == 0) params.inputs = pick(500, 1100);
    const double scale = round % 7 == 0 ? 2.0 : round % 11 == 0 ? 1e-9 : 0.002;
    testing::expect_bodies_agree(make_case(rng, params, round % 3 == 0 ? 128 : 127, scale));
  }
}

}  // namespace
}  // namespace tmc::kernels
