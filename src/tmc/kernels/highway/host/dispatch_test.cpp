// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/contract/quantize_f32.hpp"
#include "tmc/kernels/testing/add_case.hpp"
#include "tmc/kernels/testing/cached_attention_case.hpp"
#include "tmc/kernels/testing/cached_attention_s8_case.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/conv_f32_case.hpp"
#include "tmc/kernels/testing/conv_hybrid_case.hpp"
#include "tmc/kernels/testing/extreme_channels.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/kernels/testing/fully_connected_f32_case.hpp"
#include "tmc/kernels/testing/quantize_dynamic_case.hpp"

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

// Sums that reach exactly as far as the short form of requantisation takes them, and in one layer of two one further.
TEST_P(OnEveryInstructionSet, SumsAtTheLimitOfTheShortFormGiveTheBitsOfTheReference) {
  std::mt19937 rng(4);
  for (int round = 0; round < 60; ++round) {
    Case test_case = any_fully_connected_case(rng, round);
    const Blob& blob = test_case.constants[0];
    const auto weights = ConstantView{blob.dtype, blob.bytes}.to_vector<int8_t>();
    const size_t outputs = test_case.constants[1].bytes.size() / sizeof(int32_t), inputs = weights.size() / outputs;
    std::vector<int32_t> bias(outputs), multiplier(outputs), shift(outputs);
    for (size_t o = 0; o < outputs; ++o) {
      const int32_t multipliers[] = {0, 1, 1 << 30, (1 << 30) + 1, INT32_MAX, pick(rng, 1 << 30, INT32_MAX)};
      multiplier[o] = multipliers[pick(rng, 0, 5)];
      shift[o] = pick(rng, -24, 6);
      int32_t reach = 0;
      for (size_t i = 0; i < inputs; ++i) reach += 255 * std::abs(weights[o * inputs + i]);
      const int32_t limit = (INT32_MAX >> (std::max(shift[o], 0) + 1)) + round % 2;
      bias[o] = (pick(rng, 0, 1) ? 1 : -1) * std::max(limit - reach, 0);
    }
    test_case.constants[1] = make_blob(DType::kI32, bias);
    test_case.constants[2] = make_blob(DType::kI32, multiplier);
    test_case.constants[3] = make_blob(DType::kI32, shift);
    expect_agreement(test_case);
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

TEST_P(OnEveryInstructionSet, LayersOfADecoderGiveTheBitsOfTheReference) {
  std::mt19937 rng(4);
  was_tested_ = false;
  for (int round = 0; round < 100; ++round) {
    expect_agreement(float_fully_connected_case(rng, round).test_case);
    expect_agreement(row_hybrid_case(rng).test_case);
  }
  EXPECT_TRUE(was_tested_);
}

// Of scores far apart too, whose exponentials are 0, subnormal or above 1 for a while.
TEST_P(OnEveryInstructionSet, AttentionToSlotsGivesTheBitsOfTheReference) {
  std::mt19937 rng(5);
  was_tested_ = false;
  for (int round = 0; round < 100; ++round) {
    CachedAttentionF32::Params p{};
    randomize_cached_attention(rng, p);
    p.scale = std::exp(std::uniform_real_distribution<float>(-2, 4)(rng));
    const auto floats = [&](int32_t count) { return random_floats(rng, static_cast<size_t>(count)); };
    Case made =
        float_case<CachedAttentionF32>(p, {floats(p.query_elements), floats(p.key_elements), floats(p.value_elements)},
                                       static_cast<size_t>(p.output_elements));
    made.inputs.push_back(to_bytes(any_place(rng, p)));
    made.updated = {to_bytes(floats(p.key_cache_elements)), to_bytes(floats(p.value_cache_elements))};
    expect_agreement(made);
  }
  EXPECT_TRUE(was_tested_);
}

TEST_P(OnEveryInstructionSet, Int8AttentionToSlotsGivesTheBitsOfTheReference) {
  std::mt19937 rng(6);
  was_tested_ = false;
  for (int round = 0; round < 200; ++round) {
    CachedAttentionS8Case made = any_cached_attention_s8_case(rng);
    made.p.total_shift = pick(rng, 0, AttentionS8::kMaxTotalShift);
    if (round % 4 == 0) made.p.score_multiplier = INT32_MAX;
    expect_agreement(made.implementation_case());
  }
  EXPECT_TRUE(was_tested_);
}

// Of ties, of what is beyond all integers and of what is not a number, too.
TEST_P(OnEveryInstructionSet, QuantisedFloatsHaveTheBitsOfTheReference) {
  std::mt19937 rng(7);
  was_tested_ = false;
  for (int round = 0; round < 100; ++round) {
    expect_agreement(any_quantize_dynamic_case(rng));
    std::vector<float> input = random_floats(rng, static_cast<size_t>(pick(rng, 1, 100)));
    for (float& value : input) {
      const float others[] = {INFINITY, -INFINITY, NAN, 3e38F, -3e38F, 0x1p-149F, -0.0F};
      const int32_t kind = pick(rng, 0, 20);
      value = kind < 7 ? others[kind] : kind < 14 ? std::nearbyint(200 * value) / 2 : 50 * value;
    }
    const QuantizeF32::Params p{static_cast<int32_t>(input.size()), static_cast<int32_t>(DType::kI8), pick(rng, 0, 1),
                                round % 2 == 0 ? 1.0F : 0.37F, pick(rng, -128, 127)};
    Case made = float_case<QuantizeF32>(p, {input}, 0);
    made.output_bytes = input.size();
    expect_agreement(made);
  }
  EXPECT_TRUE(was_tested_);
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
