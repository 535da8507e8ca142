// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/repeats.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::program {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Copies of one region, of which only the places count: a stripe of `node` from one byte to another.
struct Copy {
  const char* node;
  int64_t from, to;
  int32_t bytes = 16;
};

Program program_of(const std::vector<Copy>& copies) {
  Program program;
  program.regions = {{"arena", 4096}};
  for (const Copy& copy : copies) {
    Step& step = program.steps.emplace_back();
    step.name = copy.node;
    step.implementation = kernels::find_implementation("portable", "copy");
    step.params = {1, copy.bytes, copy.bytes, copy.bytes};
    step.stripe = 0;
    for (const int64_t place : {copy.from, copy.to}) {
      step.operands.push_back({Operand::Kind::kBuffer, static_cast<int32_t>(program.buffers.size()), 0, copy.bytes, 0});
      program.buffers.push_back({"rows", Buffer::Kind::kActivation, copy.bytes, 0, place});
    }
  }
  return program;
}

// "1: 3 x 2" for three trips of two steps from step 1 on.
std::vector<std::string> summary(const Program& program) {
  std::vector<std::string> texts;
  for (const Repeat& repeat : find_repeats(program)) {
    texts.push_back(std::to_string(repeat.first) + ": " + std::to_string(repeat.trips) + " x " +
                    std::to_string(repeat.period));
  }
  return texts;
}

// Two nodes in stripes: the first writes to one place, the second reads there and writes ever further on.
std::vector<Copy> stripes() {
  return {{"a", 0, 512, 32}, {"a", 32, 512},   {"b", 512, 1024}, {"a", 48, 512},   {"b", 512, 1040},
          {"a", 64, 512},    {"b", 512, 1056}, {"a", 80, 512},   {"b", 512, 1072}, {"b", 528, 1088, 8}};
}

TEST(Repeats, StripesInTheMiddleGoOnByTheSameDistances) {
  const Program program = program_of(stripes());
  ASSERT_THAT(summary(program), ElementsAre("1: 4 x 2"));
  EXPECT_THAT(find_repeats(program)[0].advance_bytes, ElementsAre(ElementsAre(16, 0), ElementsAre(0, 16)));
}

TEST(Repeats, EndWhereADistanceIsAnother) {
  std::vector<Copy> copies = stripes();
  copies[7].from = 81;
  EXPECT_THAT(summary(program_of(copies)), ElementsAre("1: 3 x 2"));
}

TEST(Repeats, AreOfOneNodeWithTheSameParams) {
  std::vector<Copy> of_another_node = stripes();
  of_another_node[5].node = "c";
  EXPECT_THAT(summary(program_of(of_another_node)), IsEmpty());
  std::vector<Copy> of_other_params = stripes();
  of_other_params[5].bytes = 8;
  EXPECT_THAT(summary(program_of(of_other_params)), IsEmpty());
}

TEST(Repeats, AreNotWorthALoopWhereTheySaveACall) {
  EXPECT_THAT(summary(program_of({{"a", 0, 512}, {"a", 16, 528}})), IsEmpty());
}

TEST(Repeats, TakeTheLongestPeriodThatLeavesTheFewestCalls) {
  std::vector<Copy> copies;
  for (int64_t trip = 0; trip < 3; ++trip) {
    for (const int64_t to : {512, 768, 600, 700}) copies.push_back({"a", 16 * trip, to});
    copies.push_back({"b", 512, 1024 + 16 * trip});
  }
  EXPECT_THAT(summary(program_of(copies)), ElementsAre("0: 3 x 5"));
}

TEST(Repeats, AreUnknownWhereAddressesAreOpen) {
  Program program = program_of(stripes());
  program.buffers[3].offset = kOpen;
  EXPECT_THAT(summary(program), IsEmpty());
}

TEST(Repeats, LeaveLoopsAlone) {
  Program program = program_of(stripes());
  program.loops = {{.trips = 2}};
  for (Step& step : program.steps) step.loop = 0;
  EXPECT_THAT(summary(program), IsEmpty());
}

}  // namespace
}  // namespace tmc::program
