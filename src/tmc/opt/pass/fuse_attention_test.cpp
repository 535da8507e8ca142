// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

// The nodes that the outputs depend on after the pass and join_moves, without reshapes; attention with its attributes.
std::string left(const std::string& lines) {
  Result<ir::Graph> graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  if (!graph.ok()) return "";
  for (const char* name : {"fuse_attention", "join_moves", "remove_dead_code"}) {
    EXPECT_TRUE(ir::find_pass(all_passes(), name)->run(*graph, {}).ok());
    EXPECT_EQ(ir::verify(*graph).text(), "ok");
  }
  std::string text;
  for (const ir::NodeId id : graph->order()) {
    const ir::Node& node = graph->node(id);
    if (node.op.name() == "reshape") continue;
    text += fmt::format(" {}", node.op.name());
    if (node.op.name() != "attention") continue;
    text += fmt::format("/{}", node.inputs.size());
    // Attributes that are not as they are by default, as the printer has them.
    const std::string all = ir::to_text(*graph);
    const size_t at = all.find(')', all.find("= attention(")) + 1;
    text += all.substr(at, all.find_first_of("@\n", at) - at);
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

// Two heads of four elements, six queries and five keys, of rows of width 8.
constexpr const char* kHeads = R"(
  input x: f32[1,6,8]
  input z: f32[1,5,8]
  input w: f32[1,5,8]
  const half: f32[] = [0.5]
  const two: f32[] = [2]
  const triangle: bool[6,5] = x"010000000001010000000101010000010101010001010101010101010101"
  xs: f32[1,6,2,4] = reshape(x) shape=[1,6,2,4]
  zs: f32[1,5,2,4] = reshape(z) shape=[1,5,2,4]
  ws: f32[1,5,2,4] = reshape(w) shape=[1,5,2,4]
  q: f32[1,2,6,4] = transpose(xs) perm=[0,2,1,3]
  k: f32[1,2,5,4] = transpose(zs) perm=[0,2,1,3]
  t: f32[1,2,4,5] = transpose(zs) perm=[0,2,3,1]
  v: f32[1,2,5,4] = transpose(ws) perm=[0,2,1,3]
)";
constexpr const char* kResult = R"(
  o: f32[1,6,2,4] = transpose(h) perm=[0,2,1,3]
  y: f32[1,6,8] = reshape(o) shape=[1,6,8]
  output y
)";
std::string of_heads(std::string_view steps) {
  return left(fmt::format("{}{}{}", kHeads, steps, kResult));
}

TEST(FuseAttention, LeavesNoMoveOfHeadsSideBySide) {
  EXPECT_EQ(of_heads(R"(
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = div(a, two)
  c: f32[1,2,6,5] = softmax(b)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " attention/3 heads=2 kv_heads=2");
}

TEST(FuseAttention, TakesTheScaleFromQueriesAndKeys) {
  EXPECT_EQ(of_heads(R"(
  r: f32[1,2,6,4] = mul(half, q)
  s: f32[1,2,5,4] = div(k, two)
  a: f32[1,2,6,5] = matmul(r, s) transpose_b=true
  c: f32[1,2,6,5] = softmax(a) axis=3
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " attention/3 heads=2 kv_heads=2 scale=0.25");
}

TEST(FuseAttention, KnowsATriangleOfConstants) {
  EXPECT_EQ(of_heads(R"(
  const low: f32[] = [-10000]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(a, half)
  m: f32[1,2,6,5] = where(triangle, b, low)
  c: f32[1,2,6,5] = softmax(m)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " attention/3 heads=2 kv_heads=2 causal=true position=0");
}

TEST(FuseAttention, AddsMasks) {
  EXPECT_EQ(of_heads(R"(
  input m: f32[1,1,6,5]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(a, half)
  n: f32[1,2,6,5] = add(m, b)
  c: f32[1,2,6,5] = softmax(n)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " attention/4 heads=2 kv_heads=2");
}

TEST(FuseAttention, HidesByTruthValuesWhereTheRestIsInfinite) {
  EXPECT_EQ(of_heads(R"(
  input m: bool[1,1,1,5]
  const low: f32[] = [-inf]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(a, half)
  n: f32[1,2,6,5] = where(m, low, b)
  c: f32[1,2,6,5] = softmax(n)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " logical_not attention/4 heads=2 kv_heads=2");
}

TEST(FuseAttention, AddsWhatHidesWhereARowMayBeHiddenAsAWhole) {
  EXPECT_EQ(of_heads(R"(
  input m: bool[1,1,1,5]
  const low: f32[] = [-3e38]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(a, half)
  n: f32[1,2,6,5] = where(m, b, low)
  c: f32[1,2,6,5] = softmax(n)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " where attention/4 heads=2 kv_heads=2");
}

TEST(FuseAttention, ReadsHeadsThatAreRepeatedOnce) {
  EXPECT_EQ(left(R"(
  input x: f32[1,6,16]
  input z: f32[1,6,8]
  const half: f32[] = [0.5]
  xs: f32[1,6,4,4] = reshape(x) shape=[1,6,4,4]
  q: f32[1,4,6,4] = transpose(xs) perm=[0,2,1,3]
  zs: f32[1,6,2,4] = reshape(z) shape=[1,6,2,4]
  k: f32[1,2,6,4] = transpose(zs) perm=[0,2,1,3]
  one: f32[1,2,1,6,4] = reshape(k) shape=[1,2,1,6,4]
  two: f32[1,2,2,6,4] = expand(one) shape=[1,2,2,6,4]
  v: f32[1,4,6,4] = reshape(two) shape=[1,4,6,4]
  a: f32[1,4,6,6] = matmul(q, v) transpose_b=true
  b: f32[1,4,6,6] = mul(a, half)
  c: f32[1,4,6,6] = softmax(b)
  h: f32[1,4,6,4] = matmul(c, v)
  o: f32[1,6,4,4] = transpose(h) perm=[0,2,1,3]
  y: f32[1,6,16] = reshape(o) shape=[1,6,16]
  output y
)"),
            " attention/3 heads=4 kv_heads=2");
}

TEST(FuseAttention, TakesBatchesForHeadsWhereTheLengthIsFirst) {
  EXPECT_EQ(left(R"(
  input x: f32[6,2,8]
  const two: f32[] = [2]
  xs: f32[6,4,4] = reshape(x) shape=[6,4,4]
  q: f32[4,6,4] = transpose(xs) perm=[1,0,2]
  t: f32[4,4,6] = transpose(xs) perm=[1,2,0]
  a: f32[4,6,6] = matmul(q, t)
  b: f32[4,6,6] = div(a, two)
  c: f32[4,6,6] = softmax(b)
  h: f32[4,6,4] = matmul(c, q)
  o: f32[6,4,4] = transpose(h) perm=[1,0,2]
  y: f32[6,2,8] = reshape(o) shape=[6,2,8]
  output y
)"),
            " attention/3 heads=4 kv_heads=4");
}

TEST(FuseAttention, TakesHeadsForBatchesWhereTheyAreFirst) {
  EXPECT_EQ(left(R"(
  input q: f32[2,6,4]
  input k: f32[2,5,4]
  a: f32[2,6,5] = matmul(q, k) transpose_b=true
  c: f32[2,6,5] = softmax(a)
  y: f32[2,6,4] = matmul(c, k)
  output y
)"),
            " attention/3 scale=1.0");
}

TEST(FuseAttention, LimitsScores) {
  EXPECT_EQ(of_heads(R"(
  const cap: f32[] = [30]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = div(a, two)
  d: f32[1,2,6,5] = div(b, cap)
  e: f32[1,2,6,5] = tanh(d)
  f: f32[1,2,6,5] = mul(e, cap)
  c: f32[1,2,6,5] = softmax(f)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " attention/3 heads=2 kv_heads=2 softcap=30.0");
}

TEST(FuseAttention, HidesByFactorsAsAChoiceDoes) {
  EXPECT_EQ(of_heads(R"(
  input m: bool[1,1,6,5]
  const low: f32[] = [-1e38]
  a: f32[1,2,6,5] = matmul(q, t)
  n: bool[1,1,6,5] = logical_not(m)
  nf: f32[1,1,6,5] = cast(n) to=f32
  hidden: f32[1,1,6,5] = mul(low, nf)
  mf: f32[1,1,6,5] = cast(m) to=f32
  kept: f32[1,2,6,5] = mul(mf, a)
  b: f32[1,2,6,5] = add(kept, hidden)
  c: f32[1,2,6,5] = softmax(b)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " where attention/4 heads=2 kv_heads=2 scale=1.0");
  EXPECT_EQ(of_heads(R"(
  const kept: f32[5] = [1,1,0,1,1]
  const hidden: f32[5] = [0,0,-1e30,0,0]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(kept, a)
  s: f32[1,2,6,5] = add(b, hidden)
  c: f32[1,2,6,5] = softmax(s)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            " attention/4 heads=2 kv_heads=2 scale=1.0");
}

constexpr const char* kMoves = " transpose transpose";

TEST(FuseAttention, LeavesFactorsThatLeaveSomethingOfWhatTheyHide) {
  EXPECT_EQ(of_heads(R"(
  const kept: f32[5] = [1,1,0.5,1,1]
  const hidden: f32[5] = [0,0,-1e30,0,0]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(kept, a)
  s: f32[1,2,6,5] = add(b, hidden)
  c: f32[1,2,6,5] = softmax(s)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            std::string(kMoves) + " transpose matmul mul add softmax matmul transpose");
}

TEST(FuseAttention, LeavesWeightsThatAreReadElsewhere) {
  EXPECT_EQ(of_heads(R"(
  a: f32[1,2,6,5] = matmul(q, t)
  c: f32[1,2,6,5] = softmax(a)
  h: f32[1,2,6,4] = matmul(c, v)
  output c
)"),
            std::string(" transpose transpose transpose matmul softmax matmul transpose"));
}

TEST(FuseAttention, LeavesOtherAxes) {
  EXPECT_EQ(of_heads(R"(
  a: f32[1,2,6,5] = matmul(q, t)
  c: f32[1,2,6,5] = softmax(a) axis=2
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            std::string(kMoves) + " transpose matmul softmax matmul transpose");
}

TEST(FuseAttention, LeavesAScaleOfEachKeyAndOneOfAMask) {
  EXPECT_EQ(of_heads(R"(
  const each: f32[5] = [1,2,3,4,5]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = mul(a, each)
  c: f32[1,2,6,5] = softmax(b)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            std::string(kMoves) + " transpose matmul mul softmax matmul transpose");
  EXPECT_EQ(of_heads(R"(
  input m: f32[6,5]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = add(a, m)
  n: f32[1,2,6,5] = mul(b, half)
  c: f32[1,2,6,5] = softmax(n)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            std::string(kMoves) + " transpose matmul add mul softmax matmul transpose");
}

TEST(FuseAttention, LeavesNumbersThatHideNothingForSure) {
  EXPECT_EQ(of_heads(R"(
  input m: bool[1,1,6,5]
  const low: f32[] = [-10000]
  a: f32[1,2,6,5] = matmul(q, t)
  b: f32[1,2,6,5] = where(m, a, low)
  c: f32[1,2,6,5] = softmax(b)
  h: f32[1,2,6,4] = matmul(c, v)
)"),
            std::string(kMoves) + " transpose matmul where softmax matmul transpose");
}

}  // namespace
}  // namespace tmc::opt
