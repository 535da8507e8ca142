// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/stripe_price.hpp"

#include <gtest/gtest.h>

#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {
namespace {

TEST(StripePrice, CountsInstructionsAndFlashAndNoSavings) {
  const auto target = load_target("mps2-an500");
  ASSERT_TRUE(target.ok()) << target.status().text();
  auto compiled = compile("examples/keywords/keywords.onnx", *target, {}, "select");
  ASSERT_TRUE(compiled.ok()) << compiled.status().text();
  program::Program plain = std::move(compiled->program);
  const auto price = stripe_price(plain, *target, Optimize::kSpeed);
  ASSERT_TRUE(price.ok()) << price.status().text();
  plain.constants.clear();
  EXPECT_EQ((*price)(plain), 0);

  program::Program more = plain;
  more.steps.push_back(plain.steps.front());
  const auto table = cost::load_cost_table(*target);
  ASSERT_TRUE(table.ok() && *table);
  const auto instructions_of = [&](const program::Program& program) {
    return cost::predict(program, *target, Optimize::kSpeed, *table).instructions;
  };
  const double rise = instructions_of(more) / instructions_of(plain) - 1;
  ASSERT_GT(rise, 0);
  EXPECT_GT((*price)(more), kInstructionRate * rise) << "the work and the call";
  EXPECT_LT((*price)(more), kInstructionRate * rise + 0.01);

  program::Program less = plain;
  less.steps.pop_back();
  EXPECT_EQ((*price)(less), 0);
}

}  // namespace
}  // namespace tmc::pipeline
