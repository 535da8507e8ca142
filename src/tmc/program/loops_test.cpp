// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/program/json.hpp"
#include "tmc/program/testing/example.hpp"

namespace tmc::program {
namespace {

using ::testing::HasSubstr;

// Four rows of 16 bytes, copied one a trip, from the last to the first, beside a state.
Program rows_in_a_loop() {
  Program program;
  program.name = "rows";
  program.target = "host";
  program.regions = {{"arena", 128}};
  program.buffers = {{"x", Buffer::Kind::kInput, 64, 0, 0}, {"y", Buffer::Kind::kOutput, 64, 0, 64}};
  program.tensors = {{.name = "x", .dtype = DType::kI8, .shape = Shape::of(4, 16), .quantization = {}, .buffer = 0},
                     {.name = "y", .dtype = DType::kI8, .shape = Shape::of(4, 16), .quantization = {}, .buffer = 1}};
  program.tensors[1].step = 0;
  program.inputs = {0};
  program.outputs = {1};
  Step step;
  step.name = "rows";
  step.op = "copy";
  step.implementation = kernels::find_implementation("portable", "copy");
  step.params = kernels::to_words(kernels::Copy::Params{1, 16, 16, 16});
  step.operands = {{Operand::Kind::kBuffer, 0, 0, 64, -16}, {Operand::Kind::kBuffer, 1, 0, 64, 16}};
  step.loop = 0;
  program.steps = {step};
  program.loops = {{.trips = 4}};
  program.regions[0].used_bytes = 144;
  program.buffers.push_back({"state", Buffer::Kind::kState, 16, 0, 128});
  program.constants = {{"initial_state", kernels::make_blob(DType::kU8, std::vector<uint8_t>(16, 7))}};
  program.state_buffer = 2;
  program.initial_state = 0;
  return program;
}

TEST(Loops, AdvanceForwardsAndBackwards) {
  const Program program = rows_in_a_loop();
  ASSERT_TRUE(verify(program, true).ok()) << verify(program, true).text();
  const std::vector<Operand>& operands = program.steps[0].operands;
  EXPECT_EQ(begin_of(operands[0], 0, 4), 48);
  EXPECT_EQ(begin_of(operands[0], 3, 4), 0);
  EXPECT_EQ(begin_of(operands[1], 0, 4), 0);
  EXPECT_EQ(begin_of(operands[1], 3, 4), 48);
}

TEST(Loops, SurviveTheirJsonForm) {
  const Program program = rows_in_a_loop();
  const auto read = from_json(to_json(program));
  ASSERT_TRUE(read.ok()) << read.status().text();
  testing::expect_equal(*read, program);
}

TEST(Loops, ThatDoNotFitAreRefused) {
  const auto refusal = [](void (*change)(Program&)) {
    Program program = rows_in_a_loop();
    change(program);
    return verify(program, true).text();
  };
  EXPECT_THAT(refusal([](Program& p) { p.loops[0].trips = 5; }), HasSubstr("the parameters ask for 16"));
  EXPECT_THAT(refusal([](Program& p) { p.loops[0].trips = 0; }), HasSubstr("0 trips"));
  EXPECT_THAT(refusal([](Program& p) { p.steps[0].operands[0].advance_bytes = INT64_MIN + 1; }), HasSubstr("bytes"));
  EXPECT_THAT(refusal([](Program& p) { p.steps[0].loop = 1; }), HasSubstr("loop is not there"));
  EXPECT_THAT(refusal([](Program& p) { p.steps[0].loop = -1; }), HasSubstr("has no steps"));
  EXPECT_THAT(refusal([](Program& p) { p.steps[0].stripe = 0; }), HasSubstr("stripe"));
  EXPECT_THAT(refusal([](Program& p) { p.state_buffer = 3; }), HasSubstr("out of range"));
  EXPECT_THAT(refusal([](Program& p) { p.state_buffer = 0; }), HasSubstr("the initial state has 16 bytes"));
  EXPECT_THAT(refusal([](Program& p) { p.state_buffer = Program::kNone; }), HasSubstr("no state to begin"));
  EXPECT_THAT(refusal([](Program& p) {
                p.loops.push_back({.trips = 1});
                p.steps.push_back(p.steps[0]);
                p.steps.push_back(p.steps[0]);
                p.steps[1].loop = 1;
              }),
              HasSubstr("stand together"));
}

}  // namespace
}  // namespace tmc::program
