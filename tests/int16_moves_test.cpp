// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Operators that move int16 elements from one scale to another, which LiteRT's do not, and what is refused of int16.

#include <gtest/gtest.h>

#include <algorithm>

#include "testing/targets_by_isa.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;
using Values = std::vector<int16_t>;

Result<Bytes> run(const char* text, const std::vector<Values>& inputs, const Target& target) {
  TMC_ASSIGN(const ir::Graph graph, ir::from_text(text));
  TMC_ASSIGN(program::Program open, select::select(graph, target, {}));
  TMC_ASSIGN(const program::Program placed, storage::place(std::move(open)));
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(placed));
  std::vector<Bytes> bytes;
  for (const Values& input : inputs) {
    const auto raw = std::as_bytes(std::span(input));
    bytes.emplace_back(raw.begin(), raw.end());
  }
  TMC_ASSIGN(const std::vector<Bytes> outputs, executor.run(bytes));
  return outputs.front();
}

void expect_output(const char* text, const std::vector<Values>& inputs, const Values& expected) {
  for (const Target& target : testing::targets_by_isa()) {
    const auto output = run(text, inputs, target);
    ASSERT_TRUE(output.ok()) << output.status().text();
    Values actual(output->size() / 2);
    std::memcpy(actual.data(), output->data(), output->size());
    EXPECT_EQ(actual, expected) << target.name << "\n" << text;
  }
}

const Values kX = {-32768, -16385, -3, -1, 1, 5};
// Times 2, saturated, and halved, ties upward.
const Values kDoubled = {-32768, -32768, -6, -2, 2, 10};
const Values kHalved = {-16384, -8192, -1, 0, 1, 3};

TEST(Int16Moves, ConcatRequantisesWhatHasAnotherScale) {
  expect_output(R"(graph "rows" {
  input a: i16[1,6] scale=0.5
  input b: i16[1,6] scale=0.25
  input c: i16[1,6] scale=0.125
  y: i16[3,6] scale=0.25 = concat(a, b, c) axis=0
  output y
}
)",
                {kX, kX, kX}, [] {
                  Values all = kDoubled;
                  all.insert(all.end(), kX.begin(), kX.end());
                  all.insert(all.end(), kHalved.begin(), kHalved.end());
                  return all;
                }());
  expect_output(R"(graph "columns" {
  input a: i16[3,2] scale=0.5
  input b: i16[3,1] scale=0.25
  y: i16[3,3] scale=0.25 = concat(a, b) axis=1
  output y
}
)",
                {kX, {7, 8, 9}}, {-32768, -32768, 7, -6, -2, 8, 2, 10, 9});
}

TEST(Int16Moves, OthersRequantiseAfterwards) {
  expect_output(R"(graph "reshape" {
  input x: i16[2,3] scale=0.5
  y: i16[6] scale=0.25 = reshape(x) shape=[6]
  output y
}
)",
                {kX}, kDoubled);
  expect_output(R"(graph "transpose" {
  input x: i16[2,3] scale=0.125
  y: i16[3,2] scale=0.25 = transpose(x) perm=[1,0]
  output y
}
)",
                {kX}, {-16384, 0, -8192, 1, -1, 3});
  expect_output(R"(graph "pad" {
  input x: i16[6] scale=0.5
  y: i16[8] scale=0.25 = pad(x) pads=[1,1] value=1.5
  output y
}
)",
                {kX}, {6, -32768, -32768, -6, -2, 2, 10, 6});
}

TEST(Int16Moves, SlicesTakeBothBytesOfAnElement) {
  expect_output(R"(graph "slice" {
  input x: i16[2,3] scale=0.5
  y: i16[2,2] scale=0.5 = slice(x) begins=[0,0] sizes=[2,2] steps=[1,2]
  output y
}
)",
                {kX}, {-32768, -3, -1, 5});
}

TEST(Int16Moves, AZeroPointIsRefused) {
  const auto output = run(R"(graph "sum" {
  input a: i16[2] scale=0.5
  input b: i16[2] scale=0.5 zero_point=3
  y: i16[2] scale=1 = add(a, b)
  output y
}
)",
                          {{1, 2}, {3, 4}}, testing::targets_by_isa().front());
  ASSERT_FALSE(output.ok());
  EXPECT_NE(output.status().text().find("'b' is int16 with zero point 3"), std::string::npos) << output.status().text();
}

}  // namespace
}  // namespace tmc
