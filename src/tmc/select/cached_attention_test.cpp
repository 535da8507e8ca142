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
};

Result<program::Program> selected(const Written& written) {
  std::string zeros = "0";
  for (int i = 1; i < written.bytes; ++i) zeros += ",0";
  const std::string text = fmt::format(R"(graph "cache" {{
  input query: i8[1,8] scale=0.1
  input key: i8[1,4] scale=0.1
  input value: i8[1,12] {2}
  input place: i32[3]
  input keys: i8[3,4] scale=0.1
  input values: u8[{0}]
  const no_keys: i8[3,4] scale=0.1 = [0,0,0,0,0,0,0,0,0,0,0,0]
  const no_values: u8[{0}] = [{3}]
  state "keys" = no_keys, 1
  state "values" = no_values, 2
  y: i8[1,24] {2}, new_keys: i8[3,4] scale=0.1, new_values: u8[{0}] = cached_attention(query, key, value, keys, values, place) heads=4 kv_heads=2 value_bits={1}
  output y
  output new_keys
  output new_values
}}
)",
                                       written.bytes, written.bits, written.of_value, zeros);
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
