// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/views.hpp"

#include <gtest/gtest.h>

#include "tmc/storage/replay.hpp"
#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/program_builder.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc::storage {
namespace {

using kernels::kNoOverlap;
using testing::Place;
using testing::ProgramBuilder;

// Two tensors of these sizes, computed from one input, joined and read together.
program::Program joined(int64_t first_bytes, int64_t second_bytes) {
  ProgramBuilder builder;
  const Place source = builder.input(32);
  const Place first = builder.step({{source, kNoOverlap}}, first_bytes);
  const Place second = builder.step({{source, kNoOverlap}}, second_bytes);
  const int32_t both = builder.buffer(first_bytes + second_bytes);
  builder.copy(first, {both, 0, first_bytes});
  builder.copy(second, {both, first_bytes, second_bytes});
  builder.output(builder.step({{builder.whole(both), kNoOverlap}}, 16));
  return builder.take();
}

TEST(Views, AConcatenationIsWrittenInPlace) {
  program::Program program = joined(160, 320);
  EXPECT_EQ(make_views(program), 2);
  ASSERT_EQ(program.steps.size(), 3U);
  const program::Operand& first = program.steps[0].operands[1];
  const program::Operand& second = program.steps[1].operands[1];
  EXPECT_EQ(first.index, second.index);
  EXPECT_EQ(first.byte_offset, 0);
  EXPECT_EQ(first.bytes, 160);
  EXPECT_EQ(second.byte_offset, 160);
  EXPECT_EQ(second.bytes, 320);
  EXPECT_EQ(program.buffers.size(), 3U);
}

TEST(Views, PlanningKeepsThemAndSaysSo) {
  const auto placed = place(joined(160, 320));
  ASSERT_TRUE(placed.ok()) << placed.status().text();
  EXPECT_TRUE(replay(*placed).ok()) << replay(*placed).text();
  EXPECT_EQ(placed->plan.views, 2);
  EXPECT_EQ(placed->arena_bytes(), 160 + 320 + 32);
  const auto copied = place(joined(160, 320), {.views = false});
  ASSERT_TRUE(copied.ok());
  EXPECT_EQ(copied->steps.size(), 5U);
}

TEST(Views, AnInputThatIsTheOutputIsStillCopied) {
  ProgramBuilder builder;
  const Place source = builder.input(32);
  const Place result = builder.whole(builder.buffer(32));
  builder.copy(source, result);
  builder.output(result);
  program::Program program = builder.take();
  EXPECT_EQ(make_views(program), 0);
  const auto placed = place(std::move(program));
  ASSERT_TRUE(placed.ok()) << placed.status().text();
  EXPECT_EQ(placed->steps.size(), 1U);
  EXPECT_EQ(placed->arena_bytes(), 32);
}

TEST(Views, APartThatBeginsOffTheAlignmentIsCopied) {
  program::Program program = joined(150, 320);
  EXPECT_EQ(make_views(program), 1);  // the first begins at 0
  EXPECT_EQ(program.steps.size(), 4U);
}

TEST(Views, SlicesAreReadInPlace) {
  ProgramBuilder builder;
  const Place whole = builder.step({{builder.input(16), kNoOverlap}}, 96);
  const Place upper = builder.whole(builder.buffer(64));
  builder.copy({whole.buffer, 32, 64}, upper);
  builder.output(builder.step({{upper, kNoOverlap}, {whole, kNoOverlap}}, 16));
  program::Program program = builder.take();
  EXPECT_EQ(make_views(program), 1);
  ASSERT_EQ(program.steps.size(), 2U);
  EXPECT_EQ(program.steps[1].operands[0].index, whole.buffer);
  EXPECT_EQ(program.steps[1].operands[0].byte_offset, 32);
  EXPECT_EQ(program.steps[1].operands[0].bytes, 64);
  EXPECT_EQ(program.tensors[2].byte_offset, 32);  // the slice, whole after the step before the copy
  EXPECT_EQ(program.tensors[2].step, 0);
}

TEST(Views, WhatIsOverwrittenLaterIsCopied) {
  ProgramBuilder builder;
  const Place whole = builder.step({{builder.input(16), kNoOverlap}}, 96);
  const Place upper = builder.whole(builder.buffer(64));
  builder.copy({whole.buffer, 32, 64}, upper);
  builder.step({{upper, kNoOverlap}}, Place{whole.buffer, 80, 16});
  builder.output(builder.step({{upper, kNoOverlap}, {whole, kNoOverlap}}, 16));
  program::Program program = builder.take();
  EXPECT_EQ(make_views(program), 0);
}

TEST(Views, ATensorHasOnePlaceInOneConcatenation) {
  ProgramBuilder builder;
  const Place part = builder.step({{builder.input(16), kNoOverlap}}, 48);
  const int32_t twice = builder.buffer(96);
  builder.copy(part, {twice, 0, 48});
  builder.copy(part, {twice, 48, 48});
  builder.output(builder.whole(twice));
  program::Program program = builder.take();
  EXPECT_EQ(make_views(program), 1);
  ASSERT_EQ(program.steps.size(), 2U);
  EXPECT_EQ(program.steps[1].operands[0].index, program.steps[1].operands[1].index);
}

// x lives long: as a view it would hold the whole concatenation at an address beside it.
TEST(Views, CopiesStayWhereTheyTakeLessMemory) {
  int kept = 0;
  int spared = 0;
  std::mt19937 rng(77);
  for (int round = 0; round < 600; ++round) {
    const program::Program program = testing::random_program(rng, {.steps = 10});
    program::Program viewed = program;
    if (make_views(viewed) == 0) continue;
    const StorageOptions options{.max_order_sets = 100, .max_search_checks = 2'000};
    const auto with = place(program, options);
    auto without_options = options;
    without_options.views = false;
    const auto without = place(program, without_options);
    ASSERT_TRUE(with.ok() && without.ok());
    ASSERT_TRUE(replay(*with).ok()) << "round " << round << ": " << replay(*with).text();
    ASSERT_LE(with->arena_bytes(), without->arena_bytes());
    ++(with->plan.views > 0 ? spared : kept);
  }
  EXPECT_GT(kept, 5);
  EXPECT_GT(spared, 50);
}

}  // namespace
}  // namespace tmc::storage
