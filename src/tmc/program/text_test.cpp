// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/text.hpp"

#include <gtest/gtest.h>

#include "tmc/program/testing/example.hpp"

namespace tmc::program {
namespace {

TEST(ProgramText, ShowsEverythingOfAPlacedProgram) {
  EXPECT_EQ(to_text(testing::example(true)), R"(program 'example' for host, keeps its inputs
region 'arena': 32 bytes used
plan: best fit, lower bound 16 bytes, gap 16 bytes, steps reordered, 2 copies spared, )"
                                             R"(1 nodes in stripes, moving 64 bytes a run
inputs: 'x' i8 1x3 in b0
outputs: 'y?' i8 2 in b1

  step  node             op               kernel                       macs  operands | parameters
     0  dense, stripe 3  fully_connected  portable/fully_connected_s8     6  )"
                                             "input=b0@0 weights=c0 channels=c1 output=b1@16 | batch=1 inputs=3 "
                                             "outputs=2 input_zero_point=5 output_zero_point=-7 activation_min=-100 "
                                             "activation_max=101"
                                             R"(

  step  kernel                       why
     0  portable/fully_connected_s8  the only one

  buffer  name  kind    region  bytes  begin  end  steps
  b0      x     input        0      3      0    3  -1..1
  b1      y?    output       0      2     16   18  0..1

  constant  name      dtype  bytes
  c0        w         i8         6
  c1        channels  i32       24  table

'arena' over time, 1 byte a column; where buffers share bytes, the one with the greater number
     0 |000.............11..............|
)");
}

TEST(ProgramText, LeavesOpenAddressesOut) {
  const std::string text = to_text(testing::example(false));
  EXPECT_NE(text.find("input=b0 weights=c0 channels=c1 output=b1 |"), std::string::npos) << text;
  EXPECT_NE(text.find("  b1      y?    output       0      2      -    -  0..1\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("over time"), std::string::npos);
}

TEST(ProgramText, SaysThatAShapeIsScalar) {
  Program program = testing::example(true);
  program.tensors[1].shape = {};
  EXPECT_NE(to_text(program).find("outputs: 'y?' i8 scalar in b1\n"), std::string::npos);
}

// A column of the map stands for several bytes where the arena is large, and the last one for the rest.
TEST(ProgramText, FitsALargeArenaIntoTheMap) {
  Program program = testing::example(true);
  program.regions[0].used_bytes = 1001;
  program.buffers[1] = {"y", Buffer::Kind::kOutput, 9, 0, 992};
  const std::string text = to_text(program);
  EXPECT_NE(text.find("16 bytes a column"), std::string::npos);
  EXPECT_NE(text.find("     0 |0" + std::string(61, '.') + "1|\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace tmc::program
