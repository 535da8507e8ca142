// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/attention_s8_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(AttentionS8, IsItsDefinition) {
  std::mt19937 rng(21);
  expect_is_its_definition(AttentionS8::kName, 400, [&](int round) { return any_attention_s8_case(rng, round); });
}

TEST(AttentionS8, ARowThatSeesNothingIsZero) {
  std::mt19937 rng(22);
  AttentionS8Case made = any_attention_s8_case(rng, 1);
  made.bools.assign(made.bools.size(), false);
  const auto zero = static_cast<int8_t>(made.p.output_zero_point);
  EXPECT_EQ(output_of(made), std::vector<int8_t>(static_cast<size_t>(made.p.output_elements), zero));
}

// Sums of as many keys as they hold, all of which weigh alike or have the greatest products.
TEST(AttentionS8, SumsOfManyKeysDoNotWrap) {
  std::mt19937 rng(23);
  for (const int32_t keys : {511, 512, 513, 5000}) {
    for (const int8_t extreme : {int8_t{-128}, int8_t{127}}) {
      AttentionS8Case made;
      made.p.batch = made.p.heads = made.p.kv_heads = made.p.value_size = 1;
      made.p.queries = made.p.size = 2;
      made.p.keys = keys;
      made.p.query_elements = 4;
      made.p.key_elements = 2 * keys;
      made.p.value_elements = keys;
      made.p.mask_elements = 4;
      made.p.output_elements = 2;
      made.p.lowest = -keys;
      made.p.highest = keys;
      made.p.mask_dtype = static_cast<int32_t>(DType::kI8);
      made.p.query_zero_point = extreme < 0 ? 127 : -128;
      made.unit = 1e-3;
      set_attention_constants(made);
      made.query.assign(4, extreme);
      made.key.assign(static_cast<size_t>(2 * keys), extreme);
      made.value.assign(static_cast<size_t>(keys), extreme);
      EXPECT_EQ(output_of(made), std::vector<int8_t>(2, extreme)) << keys;
    }
  }
}

// Each run has larger scores than those before it.
TEST(AttentionS8, LargestScoresMayComeLast) {
  std::mt19937 rng(24);
  for (int round = 0; round < 20; ++round) {
    AttentionS8Case made = any_attention_s8_case(rng, 0);
    for (size_t i = 0; i < made.key.size(); ++i) {
      made.key[i] = static_cast<int8_t>(-128 + 255 * static_cast<int>(i) / static_cast<int>(made.key.size()));
    }
    const std::vector<double> expected = made.expected();
    const std::vector<int8_t> output = output_of(made);
    for (size_t i = 0; i < output.size(); ++i) {
      const double steps = naive_clamp(expected[i] / made.step + made.p.output_zero_point, -128, 127);
      EXPECT_NEAR(output[i], steps, 0.6 + 1.5 / made.step) << round << " at " << i;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
