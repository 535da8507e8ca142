// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "project_length_first");
}

std::string left(std::string_view lines) {
  Result<ir::Graph> graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  if (!graph.ok()) return "";
  EXPECT_TRUE(pass().run(*graph, {}).ok());
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  EXPECT_TRUE(ir::find_pass(all_passes(), "remove_dead_code")->run(*graph, {}).ok());
  return ir::to_text(*graph);
}

TEST(ProjectLengthFirst, RunsTheLayerOnTheRowsThatAreKept) {
  const std::string text = left(R"(
  input x: f32[1,4,2]
  const weights: f32[2,2] = [1,2,3,4]
  const bias: f32[2] = [10,20]
  const e: f32[1,4] = [1,2,3,4]
  a: f32[1,4,2] = fully_connected(x, weights)
  b: f32[1,4,2] = add(a, bias)
  y: f32[1,1,2] = matmul(e, b)
  output y
)");
  EXPECT_NE(text.find("f32[1,1,2] = matmul("), std::string::npos) << text;
  EXPECT_NE(text.find("f32[1,2] = [100,200]"), std::string::npos) << text;
  EXPECT_EQ(text.find("f32[1,4,2] ="), std::string::npos) << text;
}

TEST(ProjectLengthFirst, NeedsNoTransposes) {
  const std::string text = left(R"(
  input x: f32[1,3,2]
  const e: f32[3,2] = [1,2,3,4,5,6]
  const shift: f32[2] = [7,8]
  t: f32[1,2,3] = transpose(x) perm=[0,2,1]
  p: f32[1,2,2] = matmul(t, e)
  s: f32[1,2,2] = add(p, shift)
  y: f32[1,2,2] = transpose(s) perm=[0,2,1]
  output y
)");
  EXPECT_EQ(text.find("transpose("), std::string::npos) << text;
  EXPECT_NE(text.find("f32[2,3] = [1,3,5,2,4,6]"), std::string::npos) << text;
  EXPECT_NE(text.find("f32[2,2] = [7,7,8,8]"), std::string::npos) << text;
}

TEST(ProjectLengthFirst, LeavesALayerThatSomethingElseReads) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,4,2]
  const weights: f32[2,2] = [1,2,3,4]
  const e: f32[1,4] = [1,2,3,4]
  a: f32[1,4,2] = fully_connected(x, weights)
  y: f32[1,1,2] = matmul(e, a)
  output y
  output a
)");
}

}  // namespace
}  // namespace tmc::opt
