// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_case.hpp"

namespace tmc::kernels {
namespace {

// A 1x2 window over one channel, all inputs -128.
testing::Case lowest_inputs(int8_t first_weight, int8_t second_weight) {
  const auto params = testing::conv_params({1, 1, 1, 1, 0, 0}, {4, 2, 1, 1, 0, 0}, 1, 1, 1);
  testing::Case test_case;
  test_case.kernel = find_kernel("depthwise_conv2d_s8");
  test_case.params = to_words(params);
  test_case.constants = {make_blob<int8_t>(DType::kI8, {first_weight, second_weight}),
                         make_blob<int32_t>(DType::kI32, {0}), make_blob<int32_t>(DType::kI32, {1 << 30}),
                         make_blob<int32_t>(DType::kI32, {-8})};
  test_case.inputs = {testing::to_bytes<int8_t>({-128, -128, -128, -128})};
  test_case.output_bytes = 3;
  return test_case;
}

TEST(HeliumDepthwisePack, RefusesThePairOfWeightsThatOverflows) {
  const ImplementationInfo* implementation = find_implementation("helium", "depthwise_conv2d_s8");
  EXPECT_FALSE(testing::run_implementation(*implementation, lowest_inputs(-128, -128)).has_value());
  // The largest sum of two products that is left: 128 * 128 + 128 * 127 = 32640, of which 2^-9 is 63.75.
  const auto output = testing::run_implementation(*implementation, lowest_inputs(-128, -127));
  ASSERT_TRUE(output.has_value());
  EXPECT_EQ(*output, testing::to_bytes<int8_t>({64, 64, 64}));
  EXPECT_EQ(testing::expect_implementations_agree(lowest_inputs(127, 127)), testing::to_bytes<int8_t>({-64, -64, -64}));
}

}  // namespace
}  // namespace tmc::kernels
