// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/channel_constants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"

namespace tmc::select {
namespace {

using ::testing::HasSubstr;

// What selecting a fully connected layer of these tensors says; empty where it has a step.
std::string refusal(const std::string& input, const std::string& output) {
  const auto graph =
      ir::from_text("graph \"layer\" {\n  input x: " + input +
                    "\n  const w: i8[1,2] scale=0.5 = [1,2]\n  const b: i32[1] scale=0.5 = [3]\n  y: " + output +
                    " = fully_connected(x, w, b)\n  output y\n}\n");
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  const auto program = select(*graph, load_target("mps2-an500").value(), {});
  return program.ok() ? "" : program.status().text();
}

TEST(QuantizedLayer, Int16IsSymmetricOnBothSides) {
  EXPECT_EQ(refusal("i16[1,2] scale=0.25", "i16[1,1] scale=1"), "");
  EXPECT_THAT(refusal("i16[1,2] scale=0.25 zero_point=1", "i16[1,1] scale=1"),
              HasSubstr("'x' is int16 with zero point 1"));
  EXPECT_THAT(refusal("i16[1,2] scale=0.25", "i16[1,1] scale=1 zero_point=-1"),
              HasSubstr("'y' is int16 with zero point -1"));
  EXPECT_THAT(refusal("i16[1,2]", "i16[1,1] scale=1"), HasSubstr("'x' is not quantised"));
}

TEST(QuantizedLayer, Int16MultipliersLeaveABitToRound) {
  // 0.25 * 0.5 / 2^-16 is 2^13, which has a shift of 14.
  EXPECT_EQ(refusal("i16[1,2] scale=0.25", "i16[1,1] scale=0.0000152587890625"), "");
  EXPECT_THAT(refusal("i16[1,2] scale=0.5", "i16[1,1] scale=0.0000152587890625"),
              HasSubstr("output channel 0 multiplies its int16 sums by 2^14 or more"));
}

}  // namespace
}  // namespace tmc::select
