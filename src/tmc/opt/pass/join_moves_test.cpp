// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "join_moves");
}

// Nodes that the result depends on, by operator.
std::string left(std::string_view before) {
  Result<ir::Graph> graph = ir::testing::graph_of(before);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_TRUE(pass().run(*graph, {}).ok());
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  EXPECT_TRUE(ir::find_pass(all_passes(), "remove_dead_code")->run(*graph, {}).ok());
  std::string names;
  for (const ir::NodeId id : graph->order()) names += fmt::format(" {}", graph->node(id).op.name());
  return names;
}

TEST(JoinMoves, MakesAReshapeOfMovesThatUndoEachOther) {
  EXPECT_EQ(left(R"(
  input x: f32[1,6,8]
  a: f32[1,6,2,4] = reshape(x) shape=[1,6,2,4]
  b: f32[1,2,6,4] = transpose(a) perm=[0,2,1,3]
  c: f32[2,6,4] = reshape(b) shape=[2,6,4]
  d: f32[6,2,4] = transpose(c) perm=[1,0,2]
  e: f32[6,8] = reshape(d) shape=[6,8]
  f: f32[6,8] = relu(e)
  output f
)"),
            " reshape reshape relu");
}

TEST(JoinMoves, MakesOneTransposeOfTwoWithAReshapeBetweenThem) {
  EXPECT_EQ(left(R"(
  input x: f32[2,3,4]
  a: f32[3,2,4] = transpose(x) perm=[1,0,2]
  b: f32[6,4] = reshape(a) shape=[6,4]
  c: f32[4,6] = transpose(b) perm=[1,0]
  d: f32[4,6] = relu(c)
  output d
)"),
            " transpose reshape reshape relu");
}

TEST(JoinMoves, LeavesWhatGetsNoCheaper) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[2,3,4]
  a: f32[3,2,4] = transpose(x) perm=[1,0,2]
  b: f32[6,4] = reshape(a) shape=[6,4]
  c: f32[2,4] = slice(b) begins=[1,0] sizes=[2,4] steps=[1,1]
  output c
)");
}

}  // namespace
}  // namespace tmc::opt
