// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/conv2d.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/int16_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

const KernelInfo* kernel() {
  return find_kernel("conv2d_s16");
}

Conv2dS16::Params int16_params(const Axis& h, const Axis& w, int32_t input_c, int32_t output_c, int32_t groups) {
  auto params = conv_params(h, w, input_c, output_c, groups);
  params.activation_min = -32768;
  params.activation_max = 32767;
  return params;
}

// 2x2 input of one channel, 2x2 window, padded by one above and to the left: every output sees another part of the
// window.
TEST(Conv2dS16, MatchesAHandComputedWindow) {
  const Axis axis{2, 2, 1, 1, 1, 0};
  Case test_case;
  test_case.kernel = kernel();
  test_case.params = to_words(int16_params(axis, axis, 1, 1, 1));
  test_case.constants = {make_blob<int8_t>(DType::kI8, {1, 2, 3, 4}), make_blob<int32_t>(DType::kI32, {-5}),
                         make_blob<int32_t>(DType::kI32, {1 << 30}), make_blob<int32_t>(DType::kI32, {0})};
  test_case.inputs = {to_bytes<int16_t>({1000, -3, 200, 4000})};
  test_case.output_bytes = 8;
  // Sums -5 + (4000, 3000 - 12, 2000 + 800, 1000 - 6 + 600 + 16000), halved with ties upward.
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int16_t>({1998, 1492, 1398, 8795}));
}

// One pixel of 1200 channels: the sum has more than 32 bits.
TEST(Conv2dS16, SumsHave64Bits) {
  const Axis one{1, 1, 1, 1, 0, 0};
  Case test_case;
  test_case.kernel = kernel();
  test_case.params = to_words(int16_params(one, one, 1200, 1, 1));
  test_case.constants = {make_blob(DType::kI8, std::vector<int8_t>(1200, -128)),
                         make_blob<int32_t>(DType::kI32, {2000000000}), make_blob<int32_t>(DType::kI32, {1 << 30}),
                         make_blob<int32_t>(DType::kI32, {-18})};
  test_case.inputs = {to_bytes(std::vector<int16_t>(1200, -32768))};
  test_case.output_bytes = 2;
  // (2e9 + 1200 * 2^22) / 2^19 = 13414.7
  EXPECT_EQ(expect_implementations_agree(test_case), to_bytes<int16_t>({13415}));
}

TEST(Conv2dS16, RefusesZeroPoints) {
  const Axis one{1, 1, 1, 1, 0, 0};
  for (int32_t Conv2dS16::Params::*zero_point :
       {&Conv2dS16::Params::input_zero_point, &Conv2dS16::Params::output_zero_point}) {
    auto params = int16_params(one, one, 4, 4, 1);
    params.*zero_point = 1;
    for (const ImplementationInfo* implementation : all_implementations()) {
      EXPECT_FALSE(implementation->kernel == kernel() && implementation->applies(to_words(params)))
          << implementation->label();
    }
  }
}

TEST(Conv2dS16, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(2);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    expect_implementations_agree(int16_case<Conv2dS16>(rng, any_conv_case(rng, round)), &tested);
    expect_implementations_agree(int16_case<Conv2dS16>(rng, network_conv_case(rng, round)), &tested);
  }
  expect_all_were_tested(*kernel(), tested);
}

// Sums that 32 bits cannot hold for every input, by weights or bias, and multipliers that are no single product.
TEST(Conv2dS16, WhatIsNotProvenToBeShortHasAFastImplementation) {
  std::mt19937 rng(5);
  const Axis one{3, 1, 1, 1, 0, 0};
  const auto case_of = [&](int32_t input_c, const ChannelRanges& ranges) {
    const Case shape = conv_case(rng, find_kernel("conv2d_s8"), conv_params(one, one, input_c, 6, 1), ranges);
    Case made = int16_case<Conv2dS16>(rng, shape);
    made.constants = shape.constants;
    return made;
  };
  const Case large_sums = case_of(2000, {128, 20000, 0.0001});
  Case large_biases = case_of(12, {127, 0, 1e-7});
  large_biases.constants[1] = make_blob(DType::kI32, std::vector<int32_t>(6, INT32_MAX));
  const Case large_multipliers = case_of(12, {127, 20000, 2.0});
  for (const Case& test_case : {large_sums, large_biases, large_multipliers}) {
    std::vector<std::string> tested;
    expect_implementations_agree(test_case, &tested);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/conv2d_s16"), 0);
    EXPECT_EQ(std::ranges::count(tested, "armv7em/conv2d_s16_wide"), 1);
  }
}

}  // namespace
}  // namespace tmc::kernels
