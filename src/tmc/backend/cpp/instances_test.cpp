// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/instances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::backend::cpp {
namespace {

using ::testing::ElementsAre;

// Steps with made-up Params, of which only equality counts here.
program::Step step(const char* kernel, std::vector<int32_t> params, int64_t macs) {
  program::Step result;
  result.body = kernels::find_body("portable", kernel);
  result.params = std::move(params);
  result.macs = macs;
  return result;
}

// Three convolutions of different Params with most of the work, four dense layers of which two are alike, one pool and
// two tables.
program::Program example() {
  program::Program program;
  program.steps = {step("conv2d_s8", {1}, 500),
                   step("fully_connected_s8", {1}, 30),
                   step("conv2d_s8", {2}, 600),
                   step("fully_connected_s8", {2}, 30),
                   step("fully_connected_s8", {1}, 30),
                   step("average_pool_s8", {7}, 0),
                   step("conv2d_s8", {3}, 600),
                   step("fully_connected_s8", {3}, 30),
                   step("table_s8", {1}, 0),
                   step("table_s8", {2}, 0)};
  return program;
}

// "0,2" for a general and "=1" for a specialised instance, with the steps that it serves.
std::vector<std::string> summary(Optimize optimize) {
  std::vector<std::string> texts;
  for (const Instance& instance : make_instances(example(), optimize)) {
    std::string text = instance.params ? "=" : "";
    for (const int32_t index : instance.steps) text.append(std::to_string(index));
    texts.push_back(text);
  }
  return texts;
}

TEST(Instances, SpeedSpecialisesAllAndSharesEqualLayers) {
  EXPECT_THAT(summary(Optimize::kSpeed), ElementsAre("=0", "=14", "=2", "=3", "=5", "=6", "=7", "=8", "=9"));
}

TEST(Instances, SizeSharesABodyThatManyLayersUse) {
  EXPECT_THAT(summary(Optimize::kSize), ElementsAre("026", "1347", "=5", "=8", "=9"));
}

TEST(Instances, BalancedSpecialisesTheKernelThatDoesMost) {
  EXPECT_THAT(summary(Optimize::kBalanced), ElementsAre("=0", "1347", "=2", "=5", "=6", "=8", "=9"));
}

// Two bodies of one kernel, which does most only together.
TEST(Instances, BalancedCountsTheBodiesOfAKernelTogether) {
  program::Program program;
  for (int32_t i = 0; i < 6; ++i) program.steps.push_back(step("conv2d_s8", {i}, 10));
  for (int32_t i = 0; i < 3; ++i)
    program.steps[static_cast<size_t>(i)].body = kernels::find_body("armv7em", "conv2d_s8");
  for (int32_t i = 0; i < 3; ++i) program.steps.push_back(step("fully_connected_s8", {i}, 15));
  EXPECT_EQ(make_instances(program, Optimize::kBalanced).size(), 7) << "six and a general one";
}

// The first, the last and those between.
TEST(Instances, StripesOfOneNodeAreFew) {
  program::Program program;
  for (const int32_t params : {1, 2, 2, 3}) {
    program.steps.push_back(step("conv2d_s8", {params}, 600));
    program.steps.back().name = "a";
    program.steps.back().stripe = static_cast<int32_t>(program.steps.size()) - 1;
  }
  EXPECT_EQ(make_instances(program, Optimize::kSize).size(), 3);
  program.steps.back().name = "b";
  EXPECT_EQ(make_instances(program, Optimize::kSize).size(), 1) << "of two nodes";
  program.steps.back() = step("conv2d_s8", {3}, 600);
  program.steps.back().name = "a";
  EXPECT_EQ(make_instances(program, Optimize::kSize).size(), 1) << "one is no stripe";
}

TEST(Instances, OnlyForSizeHelpersStayApart) {
  for (const Instance& instance : make_instances(example(), Optimize::kBalanced)) EXPECT_TRUE(instance.inline_all);
  EXPECT_FALSE(make_instances(example(), Optimize::kSize).front().inline_all);
  EXPECT_TRUE(make_instances(example(), Optimize::kSize).back().inline_all);
}

TEST(Instances, FunctionsHaveNamesOfTheirOwn) {
  const auto instances = make_instances(example(), Optimize::kSpeed);
  EXPECT_EQ(instances[0].function, "portable_conv2d_s8_0");
  EXPECT_EQ(instances[2].function, "portable_conv2d_s8_2");
}

}  // namespace
}  // namespace tmc::backend::cpp
