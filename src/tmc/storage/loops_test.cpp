// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Programs with loops: what a loop touches keeps its bytes from its first step to its last trip.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/storage/replay.hpp"
#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/program_builder.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc::storage {
namespace {

using kernels::kInPlace;
using kernels::kNoOverlap;
using ::testing::HasSubstr;
using testing::Place;
using testing::ProgramBuilder;

// Steps first..last run so often.
void add_loop(program::Program& program, size_t first, size_t last, int32_t trips) {
  for (size_t step = first; step <= last; ++step) program.steps[step].loop = static_cast<int32_t>(program.loops.size());
  program.loops.push_back({.trips = trips});
}

// input 160 -> 320 -> 160 -> output 32.
program::Program chain() {
  ProgramBuilder builder;
  const Place a = builder.input(160);
  const Place b = builder.step({{a, kInPlace}}, 320);
  const Place c = builder.step({{b, kInPlace}}, 160);
  builder.output(builder.step({{c, kInPlace}}, 32));
  return builder.take();
}

TEST(Loops, KeepWhatTheyTouchUntilTheyEnd) {
  program::Program program = chain();
  add_loop(program, 0, 1, 5);
  const auto placed = place(program);
  ASSERT_TRUE(placed.ok()) << placed.status().text();
  EXPECT_EQ(placed->arena_bytes(), 160 + 320 + 160);  // of which the last step writes into what dies with the loop
  EXPECT_TRUE(replay(*placed).ok()) << replay(*placed).text();
}

TEST(Loops, AreReplayedTripByTrip) {
  program::Program program = chain();
  program.regions.push_back({.name = "arena", .used_bytes = 800});
  const int64_t offsets[] = {0, 160, 0, 480};  // the third over the first, which the second trip needs
  for (size_t i = 0; i < std::size(offsets); ++i) program.buffers[i].offset = offsets[i];
  ASSERT_TRUE(replay(program).ok()) << replay(program).text();
  add_loop(program, 0, 1, 1);
  EXPECT_TRUE(replay(program).ok()) << replay(program).text();
  program.loops[0].trips = 2;
  EXPECT_THAT(replay(program).text(), HasSubstr("was overwritten"));
}

TEST(Loops, OfRandomProgramsAreReplayed) {
  std::mt19937 rng(29);
  for (int round = 0; round < 2000; ++round) {
    program::Program program = testing::random_program(rng, {.steps = 8});
    for (size_t step = 0; step < program.steps.size();) {
      const size_t last = std::min(step + rng() % 4, program.steps.size() - 1);
      if (rng() % 2 == 0) add_loop(program, step, last, static_cast<int32_t>(rng() % 3 + 1));
      step = last + 1;
    }
    const auto placed = place(std::move(program), {.max_search_checks = 1000});
    ASSERT_TRUE(placed.ok()) << placed.status().text();
    ASSERT_TRUE(replay(*placed).ok()) << replay(*placed).text();
  }
}

}  // namespace
}  // namespace tmc::storage
