// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/testing/add_case.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/conv_f32_case.hpp"
#include "tmc/kernels/testing/extreme_channels.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"

namespace tmc::kernels::highway {
namespace {

using namespace kernels::testing;
using ::testing::HasSubstr;

// The best is what the tests of the contracts run on.
class OnEveryInstructionSet : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { ASSERT_TRUE(use_instruction_set(GetParam()).ok()); }
  void TearDown() override { ASSERT_TRUE(use_instruction_set("").ok()); }

  static void expect_agreement(const Case& test_case) {
    std::vector<std::string> tested;
    expect_implementations_agree(test_case, &tested);
    for (const std::string& label : tested) was_tested_ = was_tested_ || label.starts_with("highway/");
  }
  // With plain constants, then with extreme ones.
  static void expect_agreement(std::mt19937& rng, Case test_case) {
    expect_agreement(test_case);
    test_case.constants = extreme_channels(rng, test_case.constants);
    expect_agreement(test_case);
  }

  static inline bool was_tested_ = false;
};

TEST_P(OnEveryInstructionSet, Int8LayersGiveTheBitsOfTheReference) {
  std::mt19937 rng(1);
  was_tested_ = false;
  for (int round = 0; round < 40; ++round) {
    expect_agreement(rng, any_fully_connected_case(rng, round));
    expect_agreement(rng, any_conv_case(rng, round));
    expect_agreement(rng, network_conv_case(rng, round));
    expect_agreement(rng, any_depthwise_case(rng, round));
    expect_agreement(rng, network_depthwise_case(rng, round));
  }
  EXPECT_TRUE(was_tested_);
}

TEST_P(OnEveryInstructionSet, TilesOfAllSizesGiveTheBitsOfTheReference) {
  std::mt19937 rng(2);
  for (int pixels = 1; pixels <= 13; ++pixels) {
    for (const int outputs : {1, 15, 16, 17, 32, 33, 70}) {
      const Axis w{pixels, 1, 1, 1, 0, 0};
      auto params = conv_params({1, 1, 1, 1, 0, 0}, w, pick(rng, 1, 40), outputs, 1);
      randomize_quantization(rng, params);
      expect_agreement(rng, conv_case(rng, find_kernel("conv2d_s8"), params, {}));
    }
  }
}

TEST_P(OnEveryInstructionSet, SumsGiveTheBitsOfTheReference) {
  std::mt19937 rng(3);
  for (int round = 0; round < 60; ++round) {
    auto params = random_add_params<AddS8>(rng);
    const int32_t elements = pick(rng, 1, 100);
    set_broadcast(params, {1, 1, 1, elements}, {false, false, false, true}, {false, false, false, true});
    const auto values = [&] { return random_elements<int8_t>(rng, static_cast<size_t>(elements)); };
    expect_agreement(binary_case<AddS8>(params, {values(), values()}));
  }
}

TEST_P(OnEveryInstructionSet, FloatConvolutionsAreNearTheirDefinition) {
  std::mt19937 rng(4);
  std::vector<std::string> tested;
  for (int round = 0; round < 60; ++round) {
    const FloatConvCase made = float_conv_case<Conv2dF32>(rng, any_conv_case(rng, round));
    expect_near_definition(made, &tested);
    if (made.params.groups == 1) expect_near_definition(with_planes(made), &tested);
    expect_near_definition(float_conv_case<Conv2dF32>(rng, network_conv_case(rng, round)), &tested);
    expect_near_definition(float_conv_case<DepthwiseConv2dF32>(rng, any_depthwise_case(rng, round)), &tested);
    expect_near_definition(float_conv_case<DepthwiseConv2dF32>(rng, network_depthwise_case(rng, round)), &tested);
  }
  EXPECT_THAT(tested, ::testing::IsSupersetOf(
                          {"highway/conv2d_f32", "highway/conv2d_planar_f32", "highway/depthwise_conv2d_f32"}));
}

TEST_P(OnEveryInstructionSet, FloatTilesOfAllSizesAreNearTheirDefinition) {
  std::mt19937 rng(5);
  for (const int pixels : {1, 2, 3, 5, 11, 12, 13, 23, 83, 84, 85, 100}) {
    for (const int outputs : {1, 15, 16, 17, 32, 33, 70}) {
      const Axis w{pixels, 1, 1, 1, 0, 0};
      const auto p = float_params(conv_params({1, 1, 1, 1, 0, 0}, w, pick(rng, 1, 40), outputs, 1));
      expect_near_definition(float_conv_case<Conv2dF32>(rng, p));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Highway, OnEveryInstructionSet, ::testing::ValuesIn(instruction_sets()),
                         [](const auto& of) { return of.param; });

TEST(Dispatch, NamesOfNoInstructionSetAreRefused) {
  ASSERT_THAT(instruction_sets(), ::testing::Not(::testing::IsEmpty()));
  const Status status = use_instruction_set("avx9");
  EXPECT_EQ(status.code(), Error::kBadUsage);
  EXPECT_THAT(status.text(), HasSubstr("'avx9'"));
  EXPECT_THAT(status.text(), HasSubstr(instruction_sets().back()));
}

}  // namespace
}  // namespace tmc::kernels::highway
