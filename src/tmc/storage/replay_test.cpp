// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/program_builder.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc::storage {
namespace {

using kernels::kInPlace;
using kernels::kNoOverlap;
using kernels::Overlap;
using ::testing::HasSubstr;
using testing::Place;
using testing::ProgramBuilder;

program::Program with_offsets(ProgramBuilder& builder, const std::vector<int64_t>& offsets) {
  program::Program program = builder.take();
  program.regions.push_back({.name = "arena"});
  for (size_t i = 0; i < offsets.size(); ++i) {
    program.buffers[i].offset = offsets[i];
    program.regions[0].used_bytes = std::max(program.regions[0].used_bytes, offsets[i] + program.buffers[i].bytes);
  }
  return program;
}

// One step from 64 bytes to 64 bytes.
Status replay_of_one_step(Overlap overlap, int64_t input_offset, int64_t output_offset) {
  ProgramBuilder builder;
  builder.output(builder.step({{builder.input(64), overlap}}, 64));
  return replay(with_offsets(builder, {input_offset, output_offset}));
}

TEST(Replay, HoldsOutputsToTheRuleOfTheirImplementation) {
  EXPECT_TRUE(replay_of_one_step(kNoOverlap, 0, 64).ok());
  EXPECT_THAT(replay_of_one_step(kNoOverlap, 0, 48).text(), HasSubstr("runs into operand 'input'"));
  EXPECT_TRUE(replay_of_one_step(kInPlace, 16, 16).ok());
  EXPECT_TRUE(replay_of_one_step(kInPlace, 16, 0).ok());
  EXPECT_FALSE(replay_of_one_step(kInPlace, 0, 16).ok());
  EXPECT_TRUE(replay_of_one_step({Overlap::Kind::kForward, 16}, 0, 16).ok());
  EXPECT_FALSE(replay_of_one_step({Overlap::Kind::kForward, -17}, 16, 0).ok());
  EXPECT_TRUE(replay_of_one_step({Overlap::Kind::kBackward, 0}, 0, 16).ok());
  EXPECT_FALSE(replay_of_one_step({Overlap::Kind::kBackward, 15}, 16, 0).ok());
  EXPECT_TRUE(replay_of_one_step({Overlap::Kind::kSameBegin, 0}, 16, 16).ok());
  EXPECT_FALSE(replay_of_one_step({Overlap::Kind::kSameBegin, 0}, 16, 0).ok());
}

TEST(Replay, FindsAClobberedBuffer) {
  ProgramBuilder builder;
  const Place a = builder.input(64);
  const Place b = builder.step({{a, kNoOverlap}}, 64);
  const Place c = builder.step({{b, kNoOverlap}}, 64);
  builder.output(builder.step({{b, kNoOverlap}, {c, kNoOverlap}}, 16));
  program::Program program = with_offsets(builder, {0, 64, 128, 0});
  EXPECT_TRUE(replay(program).ok()) << replay(program).text();
  program.buffers[2].offset = 112;  // c over b's last 16 bytes: refused in the step that writes it
  EXPECT_THAT(replay(program).text(), HasSubstr("node 's1': operand 'output' at 112 runs into operand 'input'"));
  program.buffers[2].offset = 0;
  program.buffers[3].offset = 48;
  EXPECT_THAT(replay(program).text(), HasSubstr("node 's2'"));
}

TEST(Replay, NamesWhoOverwroteABuffer) {
  ProgramBuilder builder;
  const Place a = builder.input(64);
  const Place b = builder.step({{a, kNoOverlap}}, 64);
  const Place c = builder.step({{b, kNoOverlap}}, 64);
  builder.output(builder.step({{a, kNoOverlap}, {c, kNoOverlap}}, 16));
  EXPECT_THAT(replay(with_offsets(builder, {0, 128, 16, 192})).text(),
              HasSubstr("node 's2': byte 16 of 'b0' was overwritten by 'b2' in 's1'"));
}

TEST(Replay, ScratchSharesNothing) {
  ProgramBuilder builder;
  builder.output(builder.step({{builder.input(64), {Overlap::Kind::kForward, 1000}}}, 64, 32));
  EXPECT_FALSE(replay(with_offsets(builder, {0, 64, 32})).ok());
}

TEST(Replay, RefusesWhatNobodyWrote) {
  ProgramBuilder builder;
  builder.input(64);
  const Place never_written = builder.whole(builder.buffer(64));
  builder.output(builder.step({{never_written, kNoOverlap}}, 64));
  EXPECT_THAT(replay(with_offsets(builder, {0, 64, 128})).text(), HasSubstr("before anything was written"));
}

TEST(Replay, OutputsAndKeptInputsLastToTheEnd) {
  ProgramBuilder builder;
  const Place a = builder.input(64);
  builder.output(builder.step({{a, kInPlace}}, 64));
  builder.step({{a, kNoOverlap}}, 64);
  program::Program program = with_offsets(builder, {0, 64, 128});
  EXPECT_TRUE(replay(program).ok());
  program.buffers[2].offset = 64;
  EXPECT_THAT(replay(program).text(), HasSubstr("byte 0 of 'b1' was overwritten by 'b2'"));

  ProgramBuilder in_place;
  in_place.output(in_place.step({{in_place.input(64), kInPlace}}, 64));
  program = with_offsets(in_place, {0, 0});
  EXPECT_TRUE(replay(program).ok());
  program.keep_inputs = true;
  EXPECT_THAT(replay(program).text(), HasSubstr("byte 0 of 'b0' was overwritten by 'b1'"));
}

TEST(Replay, AcceptsThousandsOfPlacedPrograms) {
  std::mt19937 rng(20);
  for (int round = 0; round < 1500; ++round) {
    testing::RandomProgramOptions options{.steps = 2 + round % 20, .max_bytes = round % 3 == 0 ? 60 : 400};
    const program::Program program = testing::random_program(rng, options);
    for (const Sharing sharing : {Sharing::kNone, Sharing::kBuffers, Sharing::kOverlap}) {
      if (sharing != Sharing::kOverlap && round % 5 != 0) continue;
      auto placed = place(program, {.sharing = sharing, .max_order_sets = 200, .max_search_checks = 5'000});
      ASSERT_TRUE(placed.ok()) << placed.status().text();
      const Status status = replay(*placed);
      ASSERT_TRUE(status.ok()) << "round " << round << ": " << status.text();
      ASSERT_LE(placed->plan.lower_bound_bytes, placed->arena_bytes());
    }
  }
}

}  // namespace
}  // namespace tmc::storage
