// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Attention to slots with values or keys too of four bits: which kernel takes it, and what is refused.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"

namespace tmc::select {
namespace {

using ::testing::HasSubstr;

// Three slots of two heads of six values: 2 pairs x 2 heads x (2 words and a byte).
struct Written {
  int bytes = 36, bits = 4;
  const char* of_value = "scale=0.1";
  const char* keys = "i8[3,4] scale=0.1";
  int key_bits = 8, zeros = 12;
  const char *mean = "", *steps = "";
};

// Keys of two elements are in words of eight, with a byte.
constexpr Written kKeysOfFourBits{.keys = "u8[3,10]", .key_bits = 4, .zeros = 30};

std::string zeros(int count) {
  std::string text = "0";
  for (int i = 1; i < count; ++i) text += ",0";
  return text;
}

Result<program::Program> selected(const Written& written) {
  const std::string text = fmt::format(R"(graph "cache" {{
  input query: i8[1,8] scale=0.1
  input key: i8[1,4] scale=0.1
  input value: i8[1,12] {2}
  input place: i32[3]
  input mean: i8[1,8] scale=0.1
  input keys: {4}
  input values: u8[{0}]
  const no_keys: {4} = [{6}]
  const no_values: u8[{0}] = [{3}]
  state "keys" = no_keys, 1
  state "values" = no_values, 2
  y: i8[1,24] {2}, new_keys: {4}, new_values: u8[{0}] = cached_attention(query, key, value, keys, values, place{7}) heads=4 kv_heads=2 value_bits={1} key_bits={5} {8}
  output y
  output new_keys
  output new_values
}}
)",
                                       written.bytes, written.bits, written.of_value, zeros(written.bytes), written.keys,
                                       written.key_bits, zeros(written.zeros), written.mean, written.steps);
  TMC_ASSIGN(const ir::Graph graph, ir::from_text(text));
  Target target;
  target.name = "host";
  target.isa = {"portable"};
  return select(graph, target, {});
}

TEST(CachedAttention, ValuesOfFourBitsHaveAKernelAndAreNotCopied) {
  const auto program = selected({});
  ASSERT_TRUE(program.ok()) << program.status().text();
  ASSERT_EQ(program->steps.size(), 1U);
  EXPECT_STREQ(program->steps[0].implementation->kernel->name, "cached_attention_s8_s4");
}

TEST(CachedAttention, KeysOfFourBitsHaveAKernelToo) {
  Written written = kKeysOfFourBits;
  const auto program = selected(written);
  ASSERT_TRUE(program.ok()) << program.status().text();
  EXPECT_STREQ(program->steps[0].implementation->kernel->name, "cached_attention_s4");
  written.mean = ", mean";
  written.steps = "steps=[1000]";
  const auto less_mean = selected(written);
  ASSERT_TRUE(less_mean.ok()) << less_mean.status().text();
  EXPECT_EQ(less_mean->steps.size(), 1U);
}

TEST(CachedAttention, RefusesKeysOfFourBitsThatAreNone) {
  Written written = kKeysOfFourBits;
  written.key_bits = 3;
  EXPECT_THAT(selected(written).status().text(), HasSubstr("no keys of 3 bits"));
  written.key_bits = 8;
  EXPECT_THAT(selected(written).status().text(), HasSubstr("its caches are not of its keys and values"));
  written = kKeysOfFourBits;
  written.steps = "steps=[1000]";
  EXPECT_THAT(selected(written).status().text(), HasSubstr("no query of it"));
  written.mean = ", mean";
  written.steps = "steps=[1000,10]";
  EXPECT_THAT(selected(written).status().text(), HasSubstr("the query of its mean"));
}

TEST(CachedAttention, RefusesCachesOfOtherSizesAndBits) {
  EXPECT_THAT(selected({.bytes = 35}).status().text(), HasSubstr("its caches are not of its keys and values"));
  EXPECT_THAT(selected({.bits = 8}).status().text(), HasSubstr("its caches are not of its keys and values"));
  EXPECT_THAT(selected({.bits = 3}).status().text(), HasSubstr("no values of 3 bits"));
}

TEST(CachedAttention, RefusesValuesOfFourBitsWithAZeroPoint) {
  EXPECT_THAT(selected({.of_value = "scale=0.1 zero_point=3"}).status().text(), HasSubstr("has a zero point"));
}

}  // namespace
}  // namespace tmc::select
