// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/storage/lives.hpp"
#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/program_builder.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc::storage {
namespace {

using kernels::kNoOverlap;
using ::testing::ElementsAre;
using testing::Place;
using testing::ProgramBuilder;

int64_t bound_of(const Uses& uses, const std::vector<int32_t>& order) {
  return lower_bound_blocks(uses, order, std::vector<bool>(uses.buffer_blocks.size(), true));
}

bool is_valid(const Uses& uses, const std::vector<int32_t>& order) {
  std::vector<int32_t> position(order.size());
  for (size_t i = 0; i < order.size(); ++i) position[static_cast<size_t>(order[i])] = static_cast<int32_t>(i);
  for (size_t step = 0; step < uses.steps.size(); ++step) {
    for (const int32_t before : uses.steps[step].predecessors) {
      if (position[static_cast<size_t>(before)] > position[step]) return false;
    }
  }
  return true;
}

// Two branches widen the input and narrow again; written breadth first, so that both wide tensors live at once.
program::Program two_branches() {
  ProgramBuilder builder;
  const Place a = builder.input(16);
  const Place wide_0 = builder.step({{a, kNoOverlap}}, 320);
  const Place wide_1 = builder.step({{a, kNoOverlap}}, 320);
  const Place narrow_0 = builder.step({{wide_0, kNoOverlap}}, 16);
  const Place narrow_1 = builder.step({{wide_1, kNoOverlap}}, 16);
  builder.output(builder.step({{narrow_0, kNoOverlap}, {narrow_1, kNoOverlap}}, 16));
  return builder.take();
}

TEST(Order, RunsOneBranchBeforeTheOther) {
  const Uses uses = find_uses(two_branches(), true);
  EXPECT_EQ(bound_of(uses, given_order(uses)), 41);  // both wide tensors, and the input or a narrow one
  const std::vector<int32_t> order = find_order(uses, 1000);
  EXPECT_THAT(order, ElementsAre(0, 2, 1, 3, 4));
  EXPECT_EQ(bound_of(uses, order), 22);
  EXPECT_EQ(find_order(uses, 1), given_order(uses));  // gives up
}

TEST(Order, IsAppliedToStepsAndTensors) {
  auto placed = place(two_branches());
  ASSERT_TRUE(placed.ok());
  EXPECT_TRUE(placed->plan.reordered);
  EXPECT_EQ(placed->arena_bytes(), 22 * 16);
  std::vector<std::string> names;
  for (const program::Step& step : placed->steps) names.push_back(step.name);
  EXPECT_THAT(names, ElementsAre("s0", "s2", "s1", "s3", "s4"));
  EXPECT_EQ(placed->tensors[1].step, 0);  // what s0 writes
  EXPECT_EQ(placed->tensors[2].step, 2);  // s1
  EXPECT_EQ(placed->tensors[3].step, 1);  // s2

  placed = place(two_branches(), {.reorder = false});
  ASSERT_TRUE(placed.ok());
  EXPECT_FALSE(placed->plan.reordered);
  EXPECT_EQ(placed->arena_bytes(), 41 * 16);
}

TEST(Order, KeepsTheOrderWhereNothingIsGained) {
  ProgramBuilder builder;
  const Place a = builder.input(16);
  const Place b = builder.step({{a, kNoOverlap}}, 16);
  const Place c = builder.step({{a, kNoOverlap}}, 16);
  builder.output(builder.step({{b, kNoOverlap}, {c, kNoOverlap}}, 16));
  const Uses uses = find_uses(builder.take(), true);
  EXPECT_EQ(find_order(uses, 1000), given_order(uses));
}

// The smallest bound over all valid orders, by trying them.
int64_t smallest_bound(const Uses& uses) {
  std::vector<int32_t> order = given_order(uses);
  int64_t smallest = INT64_MAX;
  do {
    if (is_valid(uses, order)) smallest = std::min(smallest, bound_of(uses, order));
  } while (std::ranges::next_permutation(order).found);
  return smallest;
}

TEST(Order, IsTheBestOfAllOrders) {
  std::mt19937 rng(51);
  int better = 0;
  for (int round = 0; round < 300; ++round) {
    const auto program = testing::random_program(rng, {.steps = 3 + round % 3, .reach = 6});
    if (program.steps.size() > 7) continue;
    const Uses uses = find_uses(program, true);
    const std::vector<int32_t> order = find_order(uses, 100'000);
    ASSERT_TRUE(is_valid(uses, order));
    ASSERT_EQ(bound_of(uses, order), smallest_bound(uses)) << "round " << round;
    if (order != given_order(uses)) ++better;
  }
  EXPECT_GT(better, 10);
}

}  // namespace
}  // namespace tmc::storage
