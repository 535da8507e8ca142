// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/compare.hpp"
#include "tmc/ir/testing/random_graph.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::ir {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kGolden =
    R"({"name":"net","requantization":"one_rounding","inputs":["x"],"outputs":["y"],"values":[)"
    R"({"name":"x","dtype":"i8","shape":[1,2],"quantization":{"axis":-1,"scales":[0.10000000149011612],"zero_points":[-3]}},)"
    R"({"name":"w","dtype":"i8","shape":[1,2],"data":"Af4="},)"
    R"({"name":"h","dtype":"i8","shape":[1,1]},)"
    R"({"name":"y","dtype":"i8","shape":[1,1]}],"nodes":[)"
    R"({"name":"layer","op":"fully_connected","attributes":{"asymmetric_quantize_inputs":false,"activation":"relu6"},"inputs":["x","w",null],"outputs":["h"]},)"
    R"({"name":"y","op":"clip","attributes":{"min":-0.0,"max":"inf"},"inputs":["h"],"outputs":["y"]}]})";

TEST(Json, ReadsAndPrintsTheGolden) {
  const Result<Graph> graph = from_json(kGolden);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(to_json(*graph), kGolden);
  EXPECT_EQ(to_text(*graph), R"(graph "net" requantization=one_rounding {
  input x: i8[1,2] scale=0.1 zero_point=-3
  const w: i8[1,2] = [1,-2]
  h: i8[1,1] = fully_connected(x, w, _) activation=relu6 @layer
  y: i8[1,1] = clip(h) min=-0.0 max=inf
  output y
}
)");
}

TEST(Json, RoundTripsRandomGraphs) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const Graph graph = testing::random_graph(random);
    const std::string text = to_json(graph, round % 2 == 0 ? 1 : -1);
    const Result<Graph> again = from_json(text);
    ASSERT_TRUE(again.ok()) << again.status().text() << "\n" << text;
    ASSERT_EQ(first_difference(graph, *again), "") << text;
  }
}

TEST(Yaml, ReadsAndPrintsTheGolden) {
  const Result<Graph> graph = from_json(kGolden);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const std::string text = to_yaml(*graph);
  EXPECT_EQ(text, R"(name: net
requantization: one_rounding
inputs: [x]
outputs: ["y"]
values:
  - name: x
    dtype: i8
    shape: [1, 2]
    quantization:
      axis: -1
      scales: [0.10000000149011612]
      zero_points: [-3]
  - name: w
    dtype: i8
    shape: [1, 2]
    data: Af4=
  - name: h
    dtype: i8
    shape: [1, 1]
  - name: "y"
    dtype: i8
    shape: [1, 1]
nodes:
  - name: layer
    op: fully_connected
    attributes:
      asymmetric_quantize_inputs: false
      activation: relu6
    inputs: [x, w, null]
    outputs: [h]
  - name: "y"
    op: clip
    attributes:
      min: -0.0
      max: "inf"
    inputs: [h]
    outputs: ["y"]
)");
  const Result<Graph> again = from_yaml(text);
  ASSERT_TRUE(again.ok()) << again.status().text();
  EXPECT_EQ(first_difference(*graph, *again), "");
}

TEST(Yaml, RoundTripsRandomGraphs) {
  std::mt19937 random(4);
  for (int round = 0; round < 200; ++round) {
    const Graph graph = testing::random_graph(random);
    const std::string text = to_yaml(graph);
    const Result<Graph> again = from_yaml(text);
    ASSERT_TRUE(again.ok()) << again.status().text() << "\n" << text;
    ASSERT_EQ(first_difference(graph, *again), "") << text;
  }
}

TEST(Yaml, RefusesWhatIsNoGraph) {
  for (const char* text : {"", "[]", "name: net", "name: net\ninputs: x", "a: *b"}) {
    const Result<Graph> graph = from_yaml(text);
    ASSERT_FALSE(graph.ok()) << text;
    EXPECT_EQ(graph.status().code(), Error::kMalformed) << text;
  }
}

TEST(Json, RoundTripsEveryField) {
  for (const AnyOp& op : testing::operators_with_changed_fields()) {
    const Result<AnyOp> again = op_from_json(to_json(op));
    ASSERT_TRUE(again.ok()) << again.status().text() << "\n" << to_json(op);
    EXPECT_TRUE(same_op(op, *again)) << to_json(op);
  }
}

TEST(Json, RefusesEveryTruncation) {
  for (size_t length = 0; length < kGolden.size(); ++length) {
    ASSERT_FALSE(from_json(kGolden.substr(0, length)).ok()) << length;
  }
}

TEST(Json, SurvivesEveryChangedByte) {
  std::mt19937 random(4);
  for (size_t at = 0; at < kGolden.size(); ++at) {
    std::string text(kGolden);
    text[at] = static_cast<char>(random());
    const Result<Graph> graph = from_json(text);
    if (graph.ok()) {
      EXPECT_EQ(verify(*graph).text(), "ok");
    }
  }
}

void expect_refusal(std::string_view what, std::string_view with, const char* reason) {
  std::string text(kGolden);
  ASSERT_NE(text.find(what), std::string::npos);
  text.replace(text.find(what), what.size(), with);
  const Result<Graph> graph = from_json(text);
  ASSERT_FALSE(graph.ok()) << text;
  EXPECT_EQ(graph.status().code(), Error::kMalformed);
  EXPECT_THAT(graph.status().text(), HasSubstr(reason));
}

TEST(Json, SaysWhatIsWrong) {
  expect_refusal(R"("inputs":["x"],)", "", "member 'inputs' is missing");
  expect_refusal(R"("inputs":["x"])", R"("inputs":["q"])", "there is no tensor 'q'");
  expect_refusal(R"("one_rounding")", R"("none")", "member 'requantization'");
  expect_refusal(R"("dtype":"i8")", R"("dtype":"i9")", "node 'x': there is no dtype 'i9'");
  expect_refusal(R"("shape":[1,2])", R"("shape":[1,2.5])", "member 'shape'");
  expect_refusal(R"("shape":[1,2])", R"("shape":[1,18446744073709551615])", "member 'shape'");
  expect_refusal(R"("shape":[1,2])", R"("shape":[1,1,1,1,1,1,1,1,2])", "at most 8 extents");
  expect_refusal(R"([0.10000000149011612])", "[1e300]", "member 'scales'");
  expect_refusal(R"("Af4=")", R"("Af4")", "member 'data' is missing or no base64");
  expect_refusal(R"("Af4=")", R"("Af4A")", "the constant has 3 bytes");
  expect_refusal(R"("op":"clip")", R"("op":"clop")", "node 'y': there is no operator 'clop'");
  expect_refusal(R"("min":-0.0)", R"("low":0)", "member 'min'");
  expect_refusal(R"("relu6")", R"("relu7")", "node 'layer': attribute 'activation'");
  expect_refusal(R"("name":"h")", R"("name":"w")", "two tensors are named 'w'");
}

TEST(Json, ReplacesWhatIsNotUtf8) {
  Graph graph;
  graph.add_output(graph.add_input("bad\xff", {DType::kI8, Shape::of(1)}));
  const Result<Graph> again = from_json(to_json(graph));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->value(again->inputs()[0]).name, "bad\xef\xbf\xbd");
}

}  // namespace
}  // namespace tmc::ir
