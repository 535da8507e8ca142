// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/compare.hpp"
#include "tmc/ir/json.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::ir {
namespace {

using ::testing::HasSubstr;

// y = x + state, which is the next state.
Graph sums() {
  const TensorType type{DType::kF32, Shape::of(2)};
  const std::vector<float> zeros(2);
  Graph graph;
  graph.name = "sums";
  const ValueId x = graph.add_input("x", type);
  const ValueId before = graph.add_input("state", type);
  const ValueId initial = graph.add_constant("zeros", type, TensorData::of(std::span<const float>(zeros)));
  const ValueId y = *graph.append("y", ops::Add{}, {x, before});
  graph.add_output(y);
  graph.add_output(y);
  graph.states.push_back({.input = 1, .output = 1, .initial = initial});
  return graph;
}

TEST(States, SurviveTextAndJson) {
  const Graph graph = sums();
  ASSERT_TRUE(verify(graph).ok()) << verify(graph).text();
  EXPECT_THAT(to_text(graph), HasSubstr("state \"state\" = zeros, 1"));
  const auto from_words = from_text(to_text(graph));
  ASSERT_TRUE(from_words.ok()) << from_words.status().text();
  EXPECT_EQ(first_difference(*from_words, graph), "");
  const auto read = from_json(to_json(graph));
  ASSERT_TRUE(read.ok()) << read.status().text();
  EXPECT_EQ(first_difference(*read, graph), "");
}

TEST(States, KeepTheirValuesWhenIdsChange) {
  Graph graph = sums();
  const ValueId unused = graph.add_value("unused", {DType::kF32, Shape::of(2)});
  graph.erase_value(unused);
  graph.compact();
  EXPECT_TRUE(verify(graph).ok()) << verify(graph).text();
  EXPECT_EQ(graph.value(graph.states[0].initial).name, "zeros");
}

TEST(States, AreHeldToTheirType) {
  const auto refusal = [](void (*change)(Graph&)) {
    Graph graph = sums();
    change(graph);
    return verify(graph).text();
  };
  EXPECT_THAT(refusal([](Graph& g) { g.states[0].input = 2; }), HasSubstr("no input and output"));
  EXPECT_THAT(refusal([](Graph& g) { g.states.push_back(g.states[0]); }), HasSubstr("part of two states"));
  EXPECT_THAT(refusal([](Graph& g) { g.states[0].initial = g.inputs()[0]; }), HasSubstr("not of its type"));
  EXPECT_THAT(refusal([](Graph& g) { g.value(g.states[0].initial).quantization = Quantization::per_tensor(1, 0); }),
              ::testing::Not(""));
}

}  // namespace
}  // namespace tmc::ir
