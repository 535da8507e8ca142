// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/testing/add_case.hpp"
#include "tmc/kernels/testing/cached_attention_case.hpp"
#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/conv_hybrid_case.hpp"
#include "tmc/kernels/testing/extreme_channels.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/kernels/testing/fully_connected_f32_case.hpp"

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
