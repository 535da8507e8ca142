// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/state_places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"

namespace tmc::select {
namespace {

using ::testing::ElementsAre;

// The operators of the steps.
std::vector<std::string> steps_of(const std::string& body) {
  const auto graph = ir::from_text("graph \"states\" {\n" + body + "}\n");
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  Target target;
  target.name = "host";
  target.isa = {"portable"};
  const auto program = select(*graph, target, {});
  EXPECT_TRUE(program.ok()) << program.status().text();
  std::vector<std::string> steps;
  for (const program::Step& step : program->steps) steps.push_back(step.op);
  return steps;
}

constexpr const char* kBorder = R"(  input x: f32[4]
  input before: f32[4]
  zeros: f32[4] = [0,0,0,0]
  state "before" = zeros, 1
)";

TEST(StatePlaces, WhatMayRunOverTheOldStateIsMadeInItsPlace) {
  EXPECT_THAT(steps_of(std::string(kBorder) + R"(  after: f32[4] = add(x, before)
  y: f32[4] = exp(after)
  output y
  output after
)"),
              ElementsAre("add", "exp"));
}

TEST(StatePlaces, AnOldStateThatIsReadLaterStaysUntilThen) {
  EXPECT_THAT(steps_of(std::string(kBorder) + R"(  after: f32[4] = add(x, before)
  y: f32[4] = mul(after, before)
  output y
  output after
)"),
              ElementsAre("add", "mul", "copy"));
}

TEST(StatePlaces, AnOldStateThatIsReadBeforeMayGo) {
  EXPECT_THAT(steps_of(std::string(kBorder) + R"(  y: f32[4] = mul(x, before)
  after: f32[4] = exp(x)
  output y
  output after
)"),
              ElementsAre("mul", "exp"));
}

TEST(StatePlaces, AnOutputIsApartFromTheState) {
  EXPECT_THAT(steps_of(std::string(kBorder) + R"(  after: f32[4] = add(x, before)
  output after
  output after
)"),
              ElementsAre("add", "copy"));
}

TEST(StatePlaces, ADelayLineKeepsItsOrder) {
  EXPECT_THAT(steps_of(R"(  input x: f32[4]
  input first: f32[4]
  input second: f32[4]
  zeros: f32[4] = [0,0,0,0]
  state "first" = zeros, 1
  state "second" = zeros, 2
  y: f32[4] = add(x, second)
  after: f32[4] = exp(x)
  output y
  output after
  output first
)"),
              ElementsAre("add", "exp", "copy", "copy", "copy"));
}

TEST(StatePlaces, CachesOfAttentionAreNotCopied) {
  EXPECT_THAT(steps_of(R"(  input query: f32[1,4]
  input key: f32[1,2]
  input value: f32[1,2]
  input place: i32[3]
  input keys: f32[3,2]
  input values: f32[3,2]
  zeros: f32[3,2] = [0,0,0,0,0,0]
  state "keys" = zeros, 1
  state "values" = zeros, 2
  y: f32[1,4], new_keys: f32[3,2], new_values: f32[3,2] = cached_attention(query, key, value, keys, values, place) heads=2
  output y
  output new_keys
  output new_values
)"),
              ElementsAre("cached_attention"));
}

}  // namespace
}  // namespace tmc::select
