// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "split_head_projections");
}

std::string left(std::string_view lines) {
  Result<ir::Graph> graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  if (!graph.ok()) return "";
  EXPECT_TRUE(pass().run(*graph, {}).ok());
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  for (const char* name : {"join_moves", "remove_identities", "remove_dead_code"}) {
    EXPECT_TRUE(ir::find_pass(all_passes(), name)->run(*graph, {}).ok());
  }
  return ir::to_text(*graph);
}

TEST(SplitHeadProjections, GivesEachHeadALayerOfItsOwn) {
  const std::string text = left(R"(
  input x: f32[1,3,2]
  const weights: f32[4,2] = [1,2,3,4,5,6,7,8]
  const bias: f32[4] = [10,20,30,40]
  const e: f32[1,2,1,3] = [1,2,3,4,5,6]
  a: f32[1,3,4] = fully_connected(x, weights)
  b: f32[1,3,4] = add(a, bias)
  s: f32[1,3,2,2] = reshape(b) shape=[1,3,2,2]
  t: f32[1,2,3,2] = transpose(s) perm=[0,2,1,3]
  p: f32[1,2,1,2] = matmul(e, t)
  o: f32[1,1,2,2] = transpose(p) perm=[0,2,1,3]
  y: f32[1,1,4] = reshape(o) shape=[1,1,4]
  output y
)");
  EXPECT_EQ(text.find("transpose("), std::string::npos) << text;
  EXPECT_EQ(text.find("f32[1,3,4]"), std::string::npos) << text;
  EXPECT_NE(text.find("f32[2,2] = [5,6,7,8]"), std::string::npos) << text;
  EXPECT_NE(text.find("f32[2] = [30,40]"), std::string::npos) << text;
  EXPECT_NE(text.find("f32[1,3] = [4,5,6]"), std::string::npos) << text;
  EXPECT_NE(text.find(" axis=2"), std::string::npos) << text;
}

TEST(SplitHeadProjections, ReadsPositionsOnTheRight) {
  // [heads, size, length] times [heads, length, kept], of rows that something else reads as well.
  const std::string text = left(R"(
  input b: f32[1,3,4]
  const e: f32[2,3,1] = [1,2,3,4,5,6]
  s: f32[1,3,2,2] = reshape(b) shape=[1,3,2,2]
  t: f32[1,2,2,3] = transpose(s) perm=[0,2,3,1]
  r: f32[2,2,3] = reshape(t) shape=[2,2,3]
  p: f32[2,2,1] = matmul(r, e)
  output p
)");
  EXPECT_NE(text.find("f32[1,3] = [4,5,6]"), std::string::npos) << text;
  EXPECT_NE(text.find("f32[1,3,2] = slice("), std::string::npos) << text;
  EXPECT_NE(text.find("f32[1,1,4] = concat("), std::string::npos) << text;
}

TEST(SplitHeadProjections, KeepsHeadsTogetherThatShareTheirConstants) {
  const std::string text = left(R"(
  input b: f32[1,3,4]
  const e: f32[1,3] = [1,2,3]
  s: f32[1,3,2,2] = reshape(b) shape=[1,3,2,2]
  t: f32[1,2,3,2] = transpose(s) perm=[0,2,1,3]
  p: f32[1,2,1,2] = matmul(e, t)
  output p
)");
  EXPECT_NE(text.find("f32[1,1,4] = matmul("), std::string::npos) << text;
  EXPECT_EQ(text.find("transpose("), std::string::npos) << text;
}

TEST(SplitHeadProjections, LeavesProductsThatKeepEveryPositionAndOnesOfTheBatch) {
  ir::testing::expect_unchanged(pass(), R"(  input b: f32[1,2,4]
  const e: f32[2,2,2] = [1,2,3,4,5,6,7,8]
  s: f32[1,2,2,2] = reshape(b) shape=[1,2,2,2]
  t: f32[1,2,2,2] = transpose(s) perm=[0,2,1,3]
  p: f32[1,2,2,2] = matmul(e, t)
  output p
)");
  ir::testing::expect_unchanged(pass(), R"(  input b: f32[2,3,4]
  const e: f32[2,1,1,3] = [1,2,3,4,5,6]
  s: f32[2,3,2,2] = reshape(b) shape=[2,3,2,2]
  t: f32[2,2,3,2] = transpose(s) perm=[0,2,1,3]
  p: f32[2,2,1,2] = matmul(e, t)
  output p
)");
}

}  // namespace
}  // namespace tmc::opt
