// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/fuse_tables.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"

namespace tmc::select {
namespace {

// A pointwise layer, and `rest` of the graph, for the emulated Cortex-M7.
program::Program selected(const std::string& rest, const char* target = "mps2-an500") {
  std::string weights;
  for (int i = 0; i < 32; ++i) weights += fmt::format("{}{}", i == 0 ? "" : ",", 5 * i - 70);
  const auto graph = ir::from_text(fmt::format(R"(graph "layer" {{
  input x: i8[1,6,6,4] scale=0.05
  const w: i8[8,1,1,4] scale=0.01 = [{}]
  const b: i32[8] scale=0.0005 = [1,2,3,4,5,6,7,8]
  m: i8[1,6,6,8] scale=0.1 = conv2d(x, w, b)
{}
}}
)",
                                               weights, rest));
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  auto program = select(*graph, load_target(target).value(), {});
  EXPECT_TRUE(program.ok()) << program.status().text();
  return *program;
}

std::vector<std::string> kernels_of(const program::Program& program) {
  std::vector<std::string> names;
  for (const program::Step& step : program.steps) names.emplace_back(step.implementation->kernel->name);
  return names;
}

using Names = std::vector<std::string>;

TEST(FuseTables, EveryFunctionOfOneByteBecomesAPartOfTheLayerBeforeIt) {
  for (const char* function :
       {"gelu(m)", "hard_swish(m)", "sigmoid(m)", "tanh(m)", "leaky_relu(m) alpha=0.1", "exp(m)"}) {
    const program::Program program =
        selected(fmt::format("  y: i8[1,6,6,8] scale=0.01 zero_point=-7 = {}\n  output y", function));
    EXPECT_EQ(kernels_of(program), Names{"conv2d_s8_table"}) << function;
    // The tensor between them is gone, and so is its buffer.
    for (const program::Tensor& tensor : program.tensors) EXPECT_NE(tensor.name, "m");
    for (const program::Buffer& buffer : program.buffers) EXPECT_NE(buffer.name, "m");
    EXPECT_EQ(program.tensors[static_cast<size_t>(program.outputs[0])].step, 0);
  }
}

TEST(FuseTables, TheTableIsTurned) {
  const program::Program program = selected("  y: i8[1,6,6,8] scale=0.1 = leaky_relu(m) alpha=0.0\n  output y");
  ASSERT_EQ(kernels_of(program), Names{"conv2d_s8_table"});
  const auto& constants = program.constants;
  const auto table = std::ranges::find_if(constants, [](const auto& c) { return c.blob.bytes.size() == 256; });
  ASSERT_NE(table, constants.end());
  EXPECT_EQ(table->blob.bytes[0], std::byte{0});      // of -128
  EXPECT_EQ(table->blob.bytes[255], std::byte{127});  // of 127
}

TEST(FuseTables, WhatAnotherReadsStays) {
  EXPECT_EQ(kernels_of(selected("  y: i8[1,6,6,8] scale=0.01 = tanh(m)\n  output m\n  output y")),
            (Names{"conv2d_s8", "table_s8"}));
  EXPECT_EQ(kernels_of(selected("  a: i8[1,6,6,8] scale=0.01 = tanh(m)\n  y: i8[1,6,6,8] scale=0.1 = add(a, m)\n"
                                "  output y")),
            (Names{"conv2d_s8", "table_s8", "add_s8"}));
}

// Nothing of what the host runs looks up at a store.
TEST(FuseTables, IsOffWhereItSavesNothing) {
  EXPECT_EQ(kernels_of(selected("  y: i8[1,6,6,8] scale=0.01 = tanh(m)\n  output y", "host")),
            (Names{"conv2d_s8", "table_s8"}));
}

}  // namespace
}  // namespace tmc::select
