// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/arena_regions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/storage/replay.hpp"
#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/program_builder.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc::storage {
namespace {

using kernels::kNoOverlap;
using ::testing::HasSubstr;
using testing::Place;
using testing::ProgramBuilder;

// 64 -> 320 -> 64, with 32 bytes of scratch in the second step; the middle needs room for 320 + 64 + 32.
program::Program hourglass() {
  ProgramBuilder builder;
  const Place wide = builder.step({{builder.input(64), kNoOverlap}}, 320);
  builder.output(builder.step({{wide, kNoOverlap}}, 64, 32));
  return builder.take();
}

TEST(ArenaRegions, WhatOneCannotHoldIsSplit) {
  const auto placed = place(hourglass(), {.arena_regions = {{"FAST", 128}, {"SLOW", 320}}});
  ASSERT_TRUE(placed.ok()) << placed.status().text();
  EXPECT_TRUE(replay(*placed).ok()) << replay(*placed).text();
  ASSERT_EQ(placed->regions.size(), 2U);
  EXPECT_EQ(placed->regions[0].name, "FAST");
  EXPECT_EQ(placed->regions[0].used_bytes, 64 + 32);  // input and output in turn, and the scratch
  EXPECT_EQ(placed->regions[1].name, "SLOW");
  EXPECT_EQ(placed->regions[1].used_bytes, 320);
  EXPECT_EQ(placed->arena_bytes(), 320 + 96);
  EXPECT_TRUE(placed->plan.optimal);
}

TEST(ArenaRegions, OneThatHoldsAllIsTheOnlyOne) {
  const auto placed = place(hourglass(), {.arena_regions = {{"FAST", 4096}, {"SLOW", 4096}}});
  ASSERT_TRUE(placed.ok());
  ASSERT_EQ(placed->regions.size(), 1U);
  EXPECT_EQ(placed->regions[0].name, "FAST");
}

TEST(ArenaRegions, WhatIsLeftOverIsNamed) {
  const auto placed = place(hourglass(), {.arena_regions = {{"FAST", 64}, {"SLOW", 304}}});
  ASSERT_FALSE(placed.ok());
  EXPECT_EQ(placed.status().code(), Error::kDoesNotFit);
  EXPECT_THAT(placed.status().text(), HasSubstr("'b1', 320 bytes, finds no room in FAST of 64 bytes, SLOW of 304"));
}

TEST(ArenaRegions, RandomProgramsStayWithinEveryArenaRegion) {
  std::mt19937 rng(52);
  int split = 0;
  for (int round = 0; round < 300; ++round) {
    const program::Program program = testing::random_program(rng, {.steps = 3 + round % 12});
    const StorageOptions one_arena_region{.max_order_sets = 100, .max_search_checks = 2'000};
    const auto whole = place(program, one_arena_region);
    ASSERT_TRUE(whole.ok());
    StorageOptions options = one_arena_region;
    options.arena_regions = {{"FAST", whole->arena_bytes() / 3}, {"SLOW", whole->arena_bytes()}};
    const auto placed = place(program, options);
    if (!placed.ok()) {
      ASSERT_EQ(placed.status().code(), Error::kDoesNotFit) << placed.status().text();
      continue;
    }
    ASSERT_TRUE(replay(*placed).ok()) << "round " << round << ": " << replay(*placed).text();
    for (const program::Region& region : placed->regions) {
      ASSERT_LE(region.used_bytes,
                region.name == "FAST" ? options.arena_regions[0].bytes : options.arena_regions[1].bytes);
    }
    split += placed->regions.size() == 2 ? 1 : 0;
  }
  EXPECT_GT(split, 200);
}

}  // namespace
}  // namespace tmc::storage
