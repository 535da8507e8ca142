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
plan: best fit, lower bound 32 bytes, optimal
inputs: 'x' i8 1x3 in b0
outputs: 'y?' i8 2 in b1

  step  node  op               body                         macs  operands
     0  dense fully_connected  portable/fully_connected_s8
)");
}

TEST(ProgramText, LeavesOpenAddressesOut) {
  const std::string text = to_text(testing::example(false), {.params = false});
  EXPECT_NE(text.find("input=b0 weights=c0"), std::string::npos) << text;
  EXPECT_EQ(text.find("arena over time"), std::string::npos);
  EXPECT_EQ(text.find("output_zero_point"), std::string::npos);
}

}  // namespace
}  // namespace tmc::program
