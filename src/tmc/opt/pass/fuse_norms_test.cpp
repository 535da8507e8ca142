// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_norms");
}

// Constants that all cases have.
constexpr std::string_view kConstants = R"(
  const one: f32[] = [1]
  const epsilon: f32[] = [0.001]
  const gain: f32[4] = [1,2,3,4]
  const bias: f32[1,1,4] = [5,6,7,8]
)";

// What is left of the steps: the nodes that the output depends on.
std::string left(std::string_view steps) {
  Result<ir::Graph> graph =
      ir::testing::graph_of(fmt::format("  input x: f32[1,3,4]\n{}{}  output y\n", kConstants, steps));
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_TRUE(pass().run(*graph, {}).ok());
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  EXPECT_TRUE(ir::find_pass(all_passes(), "remove_dead_code")->run(*graph, {}).ok());
  std::string text;
  for (const ir::NodeId id : graph->order()) {
    const ir::Node& node = graph->node(id);
    text += fmt::format(" {}/{}", node.op.name(), node.inputs.size());
  }
  return text;
}

constexpr std::string_view kRoot = R"(
  m: f32[1,3,1] = mean(x) axes=[-1] keep_dims=true
  c: f32[1,3,4] = sub(x, m)
  q: f32[1,3,4] = mul(c, c)
  v: f32[1,3,1] = mean(q) axes=[2] keep_dims=true
  e: f32[1,3,1] = add(epsilon, v)
  s: f32[1,3,1] = sqrt(e)
)";
std::string after_root(std::string_view steps) {
  return left(fmt::format("{}{}", kRoot, steps));
}

TEST(FuseNorms, TakesAQuotientWithGainAndBias) {
  EXPECT_EQ(after_root(R"(  d: f32[1,3,4] = div(c, s)
  g: f32[1,3,4] = mul(gain, d)
  y: f32[1,3,4] = add(g, bias)
)"),
            " layer_norm/3");
}

TEST(FuseNorms, TakesAFactorWithOrWithoutAGain) {
  EXPECT_EQ(after_root(R"(  r: f32[1,3,1] = div(one, s)
  y: f32[1,3,4] = mul(r, c)
)"),
            " layer_norm/1");
  EXPECT_EQ(after_root(R"(  r: f32[1,3,1] = div(one, s)
  g: f32[1,3,4] = mul(r, gain)
  y: f32[1,3,4] = mul(c, g)
)"),
            " layer_norm/2");
}

TEST(FuseNorms, TakesTheFormsOfABatchNorm) {
  EXPECT_EQ(after_root(R"(  r: f32[1,3,1] = div(one, s)
  g: f32[1,3,4] = mul(r, gain)
  a: f32[1,3,4] = mul(x, g)
  b: f32[1,3,4] = mul(m, g)
  t: f32[1,3,4] = sub(bias, b)
  y: f32[1,3,4] = add(a, t)
)"),
            " layer_norm/3");
  EXPECT_EQ(after_root(R"(  r: f32[1,3,1] = div(one, s)
  n: f32[1,3,1] = neg(m)
  a: f32[1,3,4] = mul(x, r)
  b: f32[1,3,1] = mul(n, r)
  y: f32[1,3,4] = add(a, b)
)"),
            " layer_norm/1");
}

TEST(FuseNorms, TakesRmsNorms) {
  EXPECT_EQ(left(R"(
  q: f32[1,3,4] = mul(x, x)
  v: f32[1,3,1] = mean(q) axes=[-1] keep_dims=true
  e: f32[1,3,1] = add(v, epsilon)
  s: f32[1,3,1] = sqrt(e)
  r: f32[1,3,1] = div(one, s)
  d: f32[1,3,4] = mul(x, r)
  y: f32[1,3,4] = mul(gain, d)
)"),
            " rms_norm/2");
}

TEST(FuseNorms, LeavesAGainThatIsNoConstantAProduct) {
  EXPECT_EQ(after_root(R"(  d: f32[1,3,4] = div(c, s)
  y: f32[1,3,4] = mul(d, x)
)"),
            " layer_norm/1 mul/2");
}

TEST(FuseNorms, LeavesAnEpsilonBehindTheRoot) {
  EXPECT_EQ(left(R"(
  q: f32[1,3,4] = mul(x, x)
  v: f32[1,3,1] = mean(q) axes=[-1] keep_dims=true
  s: f32[1,3,1] = sqrt(v)
  e: f32[1,3,1] = add(s, epsilon)
  y: f32[1,3,4] = div(x, e)
)"),
            " mul/2 mean/1 sqrt/1 add/2 div/2");
}

TEST(FuseNorms, LeavesOtherAxes) {
  EXPECT_EQ(left(R"(
  q: f32[1,3,4] = mul(x, x)
  v: f32[1,1,4] = mean(q) axes=[1] keep_dims=true
  e: f32[1,1,4] = add(v, epsilon)
  s: f32[1,1,4] = sqrt(e)
  y: f32[1,3,4] = div(x, s)
)"),
            " mul/2 mean/1 add/2 sqrt/1 div/2");
}

TEST(FuseNorms, TakesTheMeanOfSquaresOfADifferenceForAnRmsNormOfIt) {
  EXPECT_EQ(left(R"(
  m: f32[1,1,4] = mean(x) axes=[1] keep_dims=true
  c: f32[1,3,4] = sub(x, m)
  q: f32[1,3,4] = mul(c, c)
  v: f32[1,3,1] = mean(q) axes=[-1] keep_dims=true
  e: f32[1,3,1] = add(v, epsilon)
  s: f32[1,3,1] = sqrt(e)
  y: f32[1,3,4] = div(c, s)
)"),
            " mean/1 sub/2 rms_norm/1");
}

TEST(FuseNorms, LeavesWhatDividesSomethingElse) {
  EXPECT_EQ(after_root("  y: f32[1,3,4] = div(x, s)\n"), " mean/1 sub/2 mul/2 mean/1 add/2 sqrt/1 div/2");
}

TEST(FuseNorms, LeavesAClampBetweenTheSteps) {
  EXPECT_EQ(after_root("  y: f32[1,3,4] = div(c, s) activation=relu\n"),
            " mean/1 sub/2 mul/2 mean/1 add/2 sqrt/1 div/2");
}

}  // namespace
}  // namespace tmc::opt
