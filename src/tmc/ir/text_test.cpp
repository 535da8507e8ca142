// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/compare.hpp"
#include "tmc/ir/testing/random_graph.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::ir {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kGolden = R"(graph "net" requantization=one_rounding {
  input x: i8[1,4,4,2] scale=0.1 zero_point=-3 symbols=[batch,"","a b",""] columns=[left,"b c"]
  const w: i8[2,1,1,2] axis=0 scale=[0.5,0.25] = [1,-2,3,-128]
  const big: f32[17] = x"0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f0000803f000080bf"
  const "a b": f32[2] = [inf,-0.3]
  y: i8[1,6,4,2] scale=1 = conv2d(x, w, _) pad_top=1 pad_bottom=1 activation=relu @node_7
  scale: i8[1,6,4,2] = clip(y) min=-1.0 max=inf
  output scale
  output y
}
)";

TEST(Text, ReadsAndPrintsTheGolden) {
  const Result<Graph> graph = from_text(kGolden);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(to_text(*graph), kGolden);
  const Value& weights = graph->value(graph->find_value("w"));
  EXPECT_EQ(weights.data->to_vector<int8_t>(), (std::vector<int8_t>{1, -2, 3, -128}));
  EXPECT_EQ(weights.quantization, (Quantization{{0.5f, 0.25f}, {0, 0}, 0}));
  EXPECT_EQ(graph->value(graph->find_value("big")).data->to_vector<float>().back(), -1.0f);
  EXPECT_EQ(graph->node(graph->order()[0]).name, "node_7");
}

TEST(Text, LeavesOutLargeConstantsOnRequest) {
  const Graph graph = from_text(kGolden).value();
  const std::string text = to_text(graph, {.largest_constant_bytes = 8});
  EXPECT_THAT(text, HasSubstr("const big: f32[17] = ...\n"));
  EXPECT_THAT(text, HasSubstr("= [1,-2,3,-128]\n"));
  const Result<Graph> again = from_text(text);
  EXPECT_EQ(again.status().code(), Error::kMalformed);
  EXPECT_THAT(again.status().text(), HasSubstr("line 4: expected data"));
}

TEST(Text, RoundTripsRandomGraphs) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const Graph graph = testing::random_graph(random);
    ASSERT_EQ(verify(graph).text(), "ok");
    const std::string text = to_text(graph);
    const Result<Graph> again = from_text(text);
    ASSERT_TRUE(again.ok()) << again.status().text() << "\n" << text;
    ASSERT_EQ(first_difference(graph, *again), "") << text;
  }
}

TEST(Text, RoundTripsEveryField) {
  for (const AnyOp& op : testing::operators_with_changed_fields()) {
    const Result<AnyOp> again = op_from_text(to_text(op));
    ASSERT_TRUE(again.ok()) << again.status().text() << "\n" << to_text(op);
    EXPECT_TRUE(same_op(op, *again)) << to_text(op);
  }
}

TEST(Text, RefusesEveryTruncation) {
  const std::string text(kGolden);
  for (size_t length = 0; length + 2 < text.size(); ++length) {
    ASSERT_FALSE(from_text(text.substr(0, length)).ok()) << length;
  }
}

TEST(Text, SurvivesEveryChangedByte) {
  std::mt19937 random(2);
  for (size_t at = 0; at < kGolden.size(); ++at) {
    std::string text(kGolden);
    text[at] = static_cast<char>(random());
    const Result<Graph> graph = from_text(text);
    if (graph.ok()) {
      EXPECT_EQ(verify(*graph).text(), "ok");
    }
  }
}

void expect_refusal(std::string_view text, const char* reason) {
  const Result<Graph> graph = from_text(text);
  ASSERT_FALSE(graph.ok()) << text;
  EXPECT_THAT(graph.status().text(), HasSubstr(reason));
}

TEST(Text, SaysWhatIsWrong) {
  expect_refusal("graph g {\n input x: i8[1]\n y: i8[1] = relu(z)\n output y\n}", "line 3: there is no tensor 'z' yet");
  expect_refusal("graph g requantization=none {\n input x: i8[1]\n output x\n}", "expected a requantization");
  expect_refusal("graph g {\n input x: i9[1]\n}", "line 2: expected a dtype, found 'i9'");
  expect_refusal("graph g {\n input x: i8[1]\n y: i8[1] = sinc(x)\n}", "expected an operator, found 'sinc'");
  expect_refusal("graph g {\n input x: i8[1]\n y: i8[1] = clip(x) low=1\n}", "no attribute 'low'");
  expect_refusal("graph g {\n input x: i8[1]\n input x: i8[1]\n output x\n}", "two tensors are named 'x'");
  expect_refusal("graph g {\n const c: i8[2] = [1,128]\n output c\n}", "an integer in range");
  expect_refusal("graph g {\n const c: i8[3] = [1,2]\n output c\n}", "the constant has 2 bytes");
  expect_refusal("graph g {\n input x: i8[1,1,1,1,1,1,1,1,1]\n output x\n}", "at most 8 extents");
  expect_refusal("graph g {\n input x: i8[99999999999999999999]\n output x\n}", "an integer in range");
  expect_refusal("graph g {\n input x: i8[2] scale=1e-60\n output x\n}", "a number");
}

}  // namespace
}  // namespace tmc::ir
