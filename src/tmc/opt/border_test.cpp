// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/border.hpp"

#include "tmc/ir/testing/golden.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;

Graph graph_of(std::string_view lines) {
  Result<Graph> graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  return *std::move(graph);
}

void expect_graph(Graph graph, std::string_view lines) {
  graph.compact();
  EXPECT_EQ(ir::verify(graph).text(), "ok");
  EXPECT_EQ(to_text(graph), fmt::format("graph \"\" {{\n{}}}\n", lines));
}

constexpr std::string_view kFloatInput = R"(  input x: f32[1,2,3,4]
  q: i8[1,2,3,4] scale=0.5 zero_point=-3 = quantize(x) dtype=i8
  output q
)";

TEST(Border, FloatInputBecomesTheIntegersThatItIsReadAs) {
  Graph graph = graph_of(kFloatInput);
  EXPECT_TRUE(retype_input(graph, graph.inputs()[0], DType::kU8).ok());
  expect_graph(std::move(graph), R"(  input x: u8[1,2,3,4] scale=0.5 zero_point=125
  x_real: f32[1,2,3,4] = dequantize(x)
  q: i8[1,2,3,4] scale=0.5 zero_point=-3 = quantize(x_real)
  output q
)");
}

TEST(Border, QuantisedInputBecomesFloat) {
  Graph graph = graph_of(R"(
    input x: i8[2] scale=0.5 zero_point=1
    y: i8[2] scale=1 = relu(x)
    output y
)");
  EXPECT_TRUE(retype_input(graph, graph.inputs()[0], DType::kF32).ok());
  expect_graph(std::move(graph), R"(  input x: f32[2]
  x_quantized: i8[2] scale=0.5 zero_point=1 = quantize(x)
  y: i8[2] scale=1 = relu(x_quantized)
  output y
)");
}

TEST(Border, ReaderOfRealsTakesOtherIntegersAsTheyAre) {
  Graph graph = graph_of(R"(
    input x: u8[2] scale=0.5 zero_point=129
    y: i8[2] scale=0.5 zero_point=1 = requantize(x)
    z: i8[2] scale=1 = relu(y)
    output z
)");
  EXPECT_TRUE(retype_input(graph, graph.inputs()[0], DType::kI8).ok());
  expect_graph(std::move(graph), R"(  input x: i8[2] scale=0.5 zero_point=1
  y: i8[2] scale=0.5 zero_point=1 = requantize(x)
  z: i8[2] scale=1 = relu(y)
  output z
)");
}

TEST(Border, WordsHaveNoZeroPointAndBytesCoverTheirRange) {
  Graph graph = graph_of(R"(
    input x: i16[2] scale=0.5
    input y: i8[2] scale=0.5 zero_point=7
    a: i16[2] scale=1 = tanh(x)
    b: i8[2] scale=1 = relu(y)
    output a
    output b
)");
  EXPECT_TRUE(retype_input(graph, graph.inputs()[0], DType::kU8).ok());
  EXPECT_TRUE(retype_input(graph, graph.inputs()[1], DType::kI16).ok());
  EXPECT_EQ(graph.value(graph.inputs()[0]).quantization, Quantization::per_tensor(128, 128));
  EXPECT_EQ(graph.value(graph.inputs()[1]).quantization, Quantization::per_tensor(0.5, 0));
}

TEST(Border, FloatOutputBecomesTheIntegersBehindItAndKeepsItsName) {
  Graph graph = graph_of(R"(
    input x: i8[2] scale=0.5
    s: i8[2] scale=0.25 = relu(x)
    y: f32[2] = dequantize(s)
    output y
)");
  const std::string names[] = {"x", "y"};
  graph.reserve_names(names);
  EXPECT_TRUE(retype_output(graph, 0, DType::kI8).ok());
  expect_graph(std::move(graph), R"(  input x: i8[2] scale=0.5
  y: i8[2] scale=0.25 = relu(x) @s
  output y
)");
}

TEST(Border, OutputThatIsReadWithinIsRepeated) {
  Graph graph = graph_of(R"(
    input x: i8[2] scale=0.5
    y: i8[2] scale=0.25 = relu(x)
    z: i8[2] scale=0.5 = relu(y)
    output y
    output z
)");
  EXPECT_TRUE(retype_output(graph, 0, DType::kU8).ok());
  expect_graph(std::move(graph), R"(  input x: i8[2] scale=0.5
  y_inner: i8[2] scale=0.25 = relu(x) @y
  z: i8[2] scale=0.5 = relu(y_inner)
  y: u8[2] scale=0.25 zero_point=128 = requantize(y_inner) dtype=u8 @y_requantized
  output y
  output z
)");
}

TEST(Border, ChannelsMoveOnceAndOnlyWhereTheyAreNotLast) {
  Graph graph = graph_of(R"(
    input x: f32[1,2,3,4]
    input y: f32[1,3,4,2]
    w: f32[1,2,3,4] = relu(x)
    t: f32[1,3,4,2] = transpose(w) perm=[0,2,3,1]
    p: f32[1,3,4,2] = average_pool2d(t)
    q: f32[1,3,4,2] = average_pool2d(y)
    output p
    output q
)");
  const auto first = move_channels_last(graph, graph.inputs()[0]);
  const auto second = move_channels_last(graph, graph.inputs()[1]);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_TRUE(*first);
  EXPECT_FALSE(*second);
  expect_graph(std::move(graph), R"(  input x: f32[1,3,4,2]
  input y: f32[1,3,4,2]
  x_nchw: f32[1,2,3,4] = transpose(x) perm=[0,3,1,2]
  w: f32[1,2,3,4] = relu(x_nchw)
  t: f32[1,3,4,2] = transpose(w) perm=[0,2,3,1]
  p: f32[1,3,4,2] = average_pool2d(t)
  q: f32[1,3,4,2] = average_pool2d(y)
  output p
  output q
)");
}

TEST(Border, RefusesWhatNothingSaysTheScaleOf) {
  Graph graph = graph_of(R"(
    input x: f32[2]
    input i: i32[2]
    y: f32[2] = tanh(x)
    output y
)");
  EXPECT_EQ(retype_input(graph, graph.inputs()[0], DType::kI8).code(), Error::kBadUsage);
  EXPECT_EQ(retype_input(graph, graph.inputs()[1], DType::kI8).code(), Error::kBadUsage);
  EXPECT_EQ(retype_input(graph, graph.inputs()[1], DType::kF32).code(), Error::kBadUsage);
  EXPECT_EQ(retype_output(graph, 0, DType::kI8).code(), Error::kBadUsage);
  EXPECT_EQ(move_channels_last(graph, graph.inputs()[0]).status().code(), Error::kBadUsage);
}

}  // namespace
}  // namespace tmc::opt
