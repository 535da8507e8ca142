// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/storage.hpp"

#include <gtest/gtest.h>

#include "tmc/storage/replay.hpp"
#include "tmc/storage/testing/program_builder.hpp"

namespace tmc::storage {
namespace {

using kernels::kInPlace;
using kernels::kNoOverlap;
using kernels::Overlap;
using testing::Place;
using testing::ProgramBuilder;

program::Program placed(program::Program program, Sharing sharing = Sharing::kOverlap) {
  auto result = place(std::move(program), {.sharing = sharing});
  EXPECT_TRUE(result.ok()) << result.status().text();
  return std::move(result).value();
}

// input 160 -> 320 -> 160 -> output 32, with scratch in the second step.
program::Program chain(Overlap overlap) {
  ProgramBuilder builder;
  const Place a = builder.input(160);
  const Place b = builder.step({{a, overlap}}, 320);
  const Place c = builder.step({{b, overlap}}, 160, 64);
  builder.output(builder.step({{c, overlap}}, 32));
  return builder.take();
}

TEST(Place, SharesDeadBuffersOfAChain) {
  const program::Program program = placed(chain(kNoOverlap));
  EXPECT_EQ(program.arena_bytes(), 320 + 160 + 64);
  EXPECT_EQ(program.plan.lower_bound_bytes, 320 + 160 + 64);
  EXPECT_TRUE(program.plan.optimal);
}

TEST(Place, RunsOutputsIntoInputsThatDie) {
  // The widest step needs its larger side and the scratch.
  const program::Program program = placed(chain(kInPlace));
  EXPECT_EQ(program.arena_bytes(), 320 + 64);
  EXPECT_TRUE(program.plan.optimal);
}

TEST(Place, GivesEveryBufferItsOwnBytesWhenAskedTo) {
  EXPECT_EQ(placed(chain(kInPlace), Sharing::kNone).arena_bytes(), 160 + 320 + 64 + 160 + 32);
  EXPECT_EQ(placed(chain(kInPlace), Sharing::kBuffers).arena_bytes(), 320 + 160 + 64);
}

TEST(Place, KeepsAnInputThatIsReadLater) {
  ProgramBuilder builder;
  const Place a = builder.input(100);
  const Place b = builder.step({{a, kInPlace}}, 100);
  const Place c = builder.step({{b, kInPlace}}, 100);
  builder.output(builder.step({{a, kInPlace}, {c, kInPlace}}, 100));
  EXPECT_EQ(placed(builder.take()).arena_bytes(), 2 * 112);
}

TEST(Place, KeepsInputsAndOutputsThatSurviveTheRun) {
  ProgramBuilder builder;
  const Place a = builder.input(100);
  const Place b = builder.step({{a, kInPlace}}, 100);
  builder.output(b);
  builder.output(builder.step({{b, kInPlace}}, 100));
  program::Program program = builder.take();
  EXPECT_EQ(placed(program).arena_bytes(), 2 * 112);
  program.keep_inputs = true;
  EXPECT_EQ(placed(program).arena_bytes(), 3 * 112);
}

TEST(Place, HonoursTheSlackOfARule) {
  const auto arena_bytes = [](Overlap overlap) {
    ProgramBuilder builder;
    const Place a = builder.input(160);
    builder.output(builder.step({{a, overlap}}, 160));
    return placed(builder.take()).arena_bytes();
  };
  EXPECT_EQ(arena_bytes({Overlap::Kind::kForward, 40}), 160);
  EXPECT_EQ(arena_bytes({Overlap::Kind::kForward, -40}), 160 + 48);
  EXPECT_EQ(arena_bytes({Overlap::Kind::kBackward, -40}), 160 + 48);
  EXPECT_EQ(arena_bytes({Overlap::Kind::kForward, -1000}), 320);
}

TEST(Place, AnInputReadTwiceObeysBothRules) {
  ProgramBuilder builder;
  const Place a = builder.input(160);
  builder.output(builder.step({{a, kInPlace}, {a, {Overlap::Kind::kForward, -16}}}, 160));
  EXPECT_EQ(placed(builder.take()).arena_bytes(), 176);

  const Place b = builder.input(160);
  builder.output(builder.step({{b, kInPlace}, {b, kNoOverlap}}, 160));
  EXPECT_EQ(placed(builder.take()).arena_bytes(), 320);
}

// Three parts of 320 bytes into one buffer; each comes from an input of its own.
TEST(Place, TreatsSlicesNotYetWrittenAsFree) {
  ProgramBuilder builder;
  const Place source = builder.input(320);
  const int32_t joined = builder.buffer(960);
  for (int64_t i = 0; i < 3; ++i) {
    const Place part = builder.step({{source, kNoOverlap}}, 640);
    builder.step({{part, kNoOverlap}}, Place{joined, i * 320, 320});
  }
  builder.output(builder.step({{builder.whole(joined), kNoOverlap}}, 16));
  // The source lies in the third slice: it is dead when that is written.
  EXPECT_EQ(placed(builder.take()).arena_bytes(), 960 + 640);
}

// What a second region saves by running an output into an input does not loosen the bound of the arena.
TEST(Place, PlacesEveryRegionByItself) {
  ProgramBuilder builder;
  const Place kept = builder.input(160);
  const Place other = builder.input(160);
  const Place in_place = builder.step({{other, kInPlace}}, 160, 320);  // the scratch is in the arena
  builder.output(builder.step({{kept, kNoOverlap}, {in_place, kNoOverlap}}, 16));
  program::Program program = builder.take();
  program.regions = {{.name = "arena"}, {.name = "fast"}};
  for (const Place& place : {other, in_place}) program.buffers[static_cast<size_t>(place.buffer)].region = 1;
  const auto placed = place(std::move(program), {.max_search_checks = 0});
  ASSERT_TRUE(placed.ok()) << placed.status().text();
  EXPECT_TRUE(replay(*placed).ok());
  EXPECT_EQ(placed->regions[0].used_bytes, 160 + 320);
  EXPECT_EQ(placed->regions[1].used_bytes, 160);
  EXPECT_EQ(placed->plan.lower_bound_bytes, 160 + 320 + 160);
  EXPECT_TRUE(placed->plan.optimal);
}

TEST(Place, RefusesABufferOfARegionThatIsNotThere) {
  program::Program program = chain(kInPlace);
  program.buffers[1].region = 1;
  EXPECT_NE(place(std::move(program)).status().text().find("'b1' has no region"), std::string::npos);
}

}  // namespace
}  // namespace tmc::storage
