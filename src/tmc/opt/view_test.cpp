// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/view.hpp"

#include "tmc/ir/testing/golden.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::ValueId;

// What the last value of the graph is of the first one, checked element by element.
Seen seen_in(std::string_view lines) {
  const Result<Graph> graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  return Origins(*graph).of(*graph, graph->outputs()[0]);
}

TEST(View, FollowsHeadsThroughReshapesAndTransposes) {
  const Seen seen = seen_in(R"(
  input x: f32[1,6,24]
  a: f32[1,6,3,2,4] = reshape(x) shape=[1,6,3,2,4]
  b: f32[3,1,2,6,4] = transpose(a) perm=[2,0,3,1,4]
  c: f32[1,1,2,6,4] = slice(b) begins=[1,0,0,0,0] sizes=[1,1,2,6,4] steps=[1,1,1,1,1]
  d: f32[2,6,4] = reshape(c) shape=[2,6,4]
  output d
)");
  EXPECT_EQ(seen.source, ValueId{0});
  EXPECT_EQ(seen.view.offset, 8);
  EXPECT_EQ(seen.view.factors, (Factors{{2, 4}, {6, 24}, {4, 1}}));
}

TEST(View, KnowsRepeatedHeads) {
  const Seen seen = seen_in(R"(
  input x: f32[1,2,6,4]
  a: f32[1,2,1,6,4] = reshape(x) shape=[1,2,1,6,4]
  b: f32[1,2,3,6,4] = expand(a) shape=[1,2,3,6,4]
  c: f32[1,6,6,4] = reshape(b) shape=[1,6,6,4]
  output c
)");
  EXPECT_EQ(seen.view.factors, (Factors{{2, 24}, {3, 0}, {24, 1}}));
}

TEST(View, StopsWhereDigitsDoNotComeApart) {
  const Seen seen = seen_in(R"(
  input x: f32[4,6]
  a: f32[6,4] = transpose(x) perm=[1,0]
  b: f32[3,8] = reshape(a) shape=[3,8]
  c: f32[3,3] = slice(b) begins=[0,3] sizes=[3,3] steps=[1,1]
  output c
)");
  EXPECT_EQ(seen.source, ValueId{2});
  EXPECT_EQ(seen.view.offset, 3);
  EXPECT_EQ(seen.view.factors, (Factors{{3, 8}, {3, 1}}));
}

TEST(View, GroupsFactorsByExtents) {
  const Factors factors{{2, 24}, {24, 1}};
  const int64_t extents[] = {2, 6, 4};
  EXPECT_EQ(grouped(factors, extents), (std::vector<Factors>{{{2, 24}}, {{6, 4}}, {{4, 1}}}));
  const int64_t other[] = {3, 16};
  EXPECT_FALSE(grouped(factors, other));
}

TEST(View, IsMadeOfACutATurnAndARepetition) {
  const View view{{{2, 4}, {3, 0}, {6, 24}, {4, 1}}, 8};
  const std::optional<Moves> moves = moves_for(view, 144);
  ASSERT_TRUE(moves);
  EXPECT_TRUE(moves->slices && moves->transposes && moves->repeats);
  EXPECT_EQ(moves->box, (std::vector<int64_t>{6, 6, 4}));
  EXPECT_EQ(moves->begins, (std::vector<int64_t>{0, 2, 0}));
  EXPECT_EQ(moves->sizes, (std::vector<int64_t>{6, 2, 4}));
  EXPECT_EQ(moves->order, (std::vector<int64_t>{1, 0, 2}));
  EXPECT_EQ(moves->repeated, (std::vector<int64_t>{2, 3, 6, 4}));
}

TEST(View, IsFoundOfIndices) {
  const View view{{{2, 12}, {3, 1}}, 5};
  const std::vector<int64_t> indices = indices_of(view);
  EXPECT_EQ(indices, (std::vector<int64_t>{5, 6, 7, 17, 18, 19}));
  const std::optional<View> found = view_of_indices(indices);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->factors, view.factors);
  EXPECT_EQ(found->offset, view.offset);
  EXPECT_FALSE(view_of_indices(std::vector<int64_t>{0, 1, 3, 4, 5, 7}));
  EXPECT_FALSE(view_of_indices(std::vector<int64_t>{3, 2, 1}));
}

TEST(View, IsRefusedWhereItTakesMore) {
  EXPECT_FALSE(moves_for(View{{{4, 3}, {3, 2}}, 0}, 24));  // digits overlap
  EXPECT_FALSE(moves_for(View{{{4, 5}}, 18}, 24));         // and one leaves the value
}

}  // namespace
}  // namespace tmc::opt
