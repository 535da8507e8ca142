// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/instances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::program {
namespace {

using ::testing::ElementsAre;

// Steps with made-up Params, of which only equality counts here.
Step step(const char* kernel, std::vector<int32_t> params, int64_t macs) {
  Step result;
  result.implementation = kernels::find_implementation("portable", kernel);
  result.params = std::move(params);
  result.macs = macs;
  return result;
}

// Three convolutions of different Params with most of the work, four dense layers of which two are alike, one pool and
// two tables.
Program example() {
  Program program;
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

TEST(Instances, SizeSharesAnImplementationThatManyLayersUse) {
  EXPECT_THAT(summary(Optimize::kSize), ElementsAre("026", "1347", "=5", "=8", "=9"));
}

TEST(Instances, BalancedSpecialisesTheKernelThatDoesMost) {
  EXPECT_THAT(summary(Optimize::kBalanced), ElementsAre("=0", "1347", "=2", "=5", "=6", "=8", "=9"));
}

// Two implementations of one kernel, which does most only together.
TEST(Instances, BalancedCountsTheImplementationsOfAKernelTogether) {
  Program program;
  for (int32_t i = 0; i < 6; ++i) program.steps.push_back(step("conv2d_s8", {i}, 10));
  for (int32_t i = 0; i < 3; ++i)
    program.steps[static_cast<size_t>(i)].implementation = kernels::find_implementation("armv7em", "conv2d_s8");
  for (int32_t i = 0; i < 3; ++i) program.steps.push_back(step("fully_connected_s8", {i}, 15));
  EXPECT_EQ(make_instances(program, Optimize::kBalanced).size(), 7) << "six and a general one";
}

Step stripe(const char* node, std::vector<int32_t> params) {
  Step result = step("conv2d_s8", std::move(params), 600);
  result.name = node;
  result.stripe = 0;
  return result;
}

// The first, the last and those between, of which the second and third word say which.
TEST(Instances, StripesOfANodeShareOneAndPassWhatDiffers) {
  Program program;
  program.steps = {stripe("a", {7, 1, 4, 9}), stripe("a", {7, 0, 4, 9}), stripe("a", {7, 0, 2, 9})};
  for (const Optimize optimize : {Optimize::kSpeed, Optimize::kBalanced, Optimize::kSize}) {
    const std::vector<Instance> instances = make_instances(program, optimize);
    ASSERT_EQ(instances.size(), 1);
    ASSERT_TRUE(instances[0].params);
    EXPECT_THAT(instances[0].passed, ElementsAre(1, 2));
    EXPECT_THAT(instances[0].steps, ElementsAre(0, 1, 2));
  }
}

TEST(Instances, NodesWhoseStripesAreOfOneFormShareOne) {
  Program program;
  program.steps = {stripe("a", {7, 1}), stripe("a", {7, 2}), stripe("b", {7, 5}),           stripe("b", {7, 6}),
                   stripe("c", {8, 5}), stripe("c", {8, 6}), step("conv2d_s8", {7, 1}, 600)};
  const std::vector<Instance> instances = make_instances(program, Optimize::kSpeed);
  ASSERT_EQ(instances.size(), 3);
  EXPECT_THAT(instances[0].steps, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(instances[2].passed, ElementsAre()) << "a whole node passes nothing";
  EXPECT_EQ(make_instances(program, Optimize::kSize).size(), 1) << "three forms are more than few";
}

TEST(Instances, StripesThatDifferInMuchStayApart) {
  Program program;
  program.steps = {stripe("a", {1, 1, 1, 1, 1}), stripe("a", {2, 2, 2, 2, 2})};
  const std::vector<Instance> instances = make_instances(program, Optimize::kSpeed);
  ASSERT_EQ(instances.size(), 2);
  EXPECT_THAT(instances[0].passed, ElementsAre());
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
}  // namespace tmc::program
