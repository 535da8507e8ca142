// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d_s4.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_s4_case.hpp"
#include "tmc/kernels/testing/extreme_channels.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// One pixel of five inputs in groups of two: multipliers 3, 1 and 16.
TEST(Conv2dS4, MatchesHandComputedGroups) {
  const Axis one{1, 1, 1, 1, 0, 0};
  auto shape = conv_params(one, one, 5, 1, 1);
  shape.input_zero_point = -1;
  shape.output_zero_point = 2;
  Case test_case;
  test_case.kernel = find_kernel("conv2d_s4");
  test_case.params = to_words(Conv2dS4::in_groups(shape, 2));
  test_case.constants = {make_blob<int8_t>(DType::kI8, {21, -24, 7, -1, -128}), make_blob<int32_t>(DType::kI32, {9}),
                         make_blob<int32_t>(DType::kI32, {1 << 30}), make_blob<int32_t>(DType::kI32, {1})};
  test_case.inputs = {to_bytes<int8_t>({0, 1, 2, 3, -2})};
  test_case.output_bytes = 1;
  // Less the zero point 1 2 3 4 -1: 9 + 3 * (7 - 16) + (21 - 4) + 16 * 8, then + 2, saturated.
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int8_t>({127}));
  test_case.inputs = {to_bytes<int8_t>({0, 1, 2, 3, -1})};
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int8_t>({9 - 27 + 17 + 2}));
}

// What the contract says: the products are the weights of conv2d_s8.
void expect_as_in_bytes(const Case& test_case, std::vector<std::string>* tested) {
  Case in_bytes = test_case;
  in_bytes.kernel = find_kernel("conv2d_s8");
  in_bytes.params = to_words(Conv2dS4::in_bytes(from_words<Conv2dS4::Params>(test_case.params)));
  EXPECT_EQ(expect_implementations_agree(test_case, tested),
            run_implementation(*find_implementation("portable", "conv2d_s8"), in_bytes));
}

TEST(Conv2dS4, IsTheConvolutionOfItsProducts) {
  std::mt19937 rng(4);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) expect_as_in_bytes(any_conv_s4_case(rng, round), &tested);
  for (int round = 0; round < 100; ++round) expect_as_in_bytes(any_product_s4_case(rng, round), &tested);
  expect_all_were_tested(*find_kernel("conv2d_s4"), tested);
}

TEST(Conv2dS4, RefusesWeightsOfAnotherForm) {
  std::mt19937 rng(6);
  const Axis axis{5, 1, 1, 1, 0, 0};
  Case test_case = conv_s4_case(rng, conv_params(axis, axis, 32, 4, 1), 32, {});
  const auto expect_taken = [&](bool taken) {
    for (const ImplementationInfo* implementation : all_implementations()) {
      if (implementation->kernel != test_case.kernel) continue;
      EXPECT_EQ(run_implementation(*implementation, test_case).has_value(), taken) << implementation->type_name;
    }
  };
  expect_taken(true);
  test_case.constants[0].bytes[5] = std::byte{127};
  test_case.constants[0].bytes[6] = std::byte{2};
  expect_taken(false);
}

TEST(Conv2dS4, LongFormsTakeEveryRequantisation) {
  std::mt19937 rng(10);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    Case test_case = any_conv_s4_case(rng, round);
    auto extreme = extreme_channels(rng, test_case.constants);
    std::move(extreme.begin() + 1, extreme.end(), test_case.constants.begin() + 1);
    expect_implementations_agree(test_case, &tested);
  }
  EXPECT_GT(std::ranges::count(tested, "armv7em/conv2d_s4_long"), 20);
  EXPECT_GT(std::ranges::count(tested, "armv7em/conv2d_s4_single_long"), 70);
}

}  // namespace
}  // namespace tmc::kernels
