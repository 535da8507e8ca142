// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/channel_source.hpp"

#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/correction/score_factors.hpp"

namespace tmc::quant {
namespace {

using Floats = std::vector<float>;

Floats constant_of(const ir::Graph& graph, const char* made, size_t index) {
  const ir::Node& node = graph.node(graph.value(graph.find_value(made)).producer);
  return graph.value(node.inputs.at(index)).data->to_vector<float>();
}

TEST(ChannelSource, OfNormsAreScaleAndBias) {
  ir::Graph graph = ir::testing::graph_of(R"(
    input x: f32[1,3,2]
    const s: f32[2] = [6,8]
    const b: f32[2] = [2,4]
    const w: f32[1,2] = [1,2]
    n: f32[1,3,2] = layer_norm(x, s, b)
    r: f32[1,3,2] = rms_norm(n)
    box: f32[3,2] = reshape(r) shape=[3,2]
    y: f32[3,1] = fully_connected(box, w)
    output y
)")
                        .value();
  divide(graph, find_source(graph, graph.find_value("n")).value(), {2, 4});
  EXPECT_EQ(constant_of(graph, "n", 1), (Floats{3, 2}));
  EXPECT_EQ(constant_of(graph, "n", 2), (Floats{1, 1}));
  divide(graph, find_source(graph, graph.find_value("box")).value(), {2, 4});
  EXPECT_EQ(constant_of(graph, "r", 1), (Floats{0.5F, 0.25F})) << "a scale that was not there";
  EXPECT_EQ(channels_root(graph, graph.find_value("box")), graph.find_value("r"));
  EXPECT_EQ(find_readers(graph, graph.find_value("r"))->size(), 1U);
  ASSERT_EQ(ir::verify(graph).text(), "ok");
}

TEST(ChannelSource, EndsWhereSomethingElseReads) {
  const ir::Graph graph = ir::testing::graph_of(R"(
    input x: f32[1,3,2]
    const s: f32[2] = [6,8]
    const w: f32[2,2] = [1,2,3,4]
    n: f32[1,3,2] = layer_norm(x, s)
    a: f32[1,3,2] = fully_connected(n, w)
    sum: f32[1,3,2] = add(n, a)
    v: f32[1,3,2] = fully_connected(sum, w)
    o: f32[1,3,2] = attention(v, v, v)
    p: f32[1,3,2] = fully_connected(o, w)
    f: f32[1,3,2] = fully_connected(p, w) activation=relu6
    y: f32[1,3,2] = fully_connected(f, w)
    output y
    output p
)")
                              .value();
  EXPECT_FALSE(find_readers(graph, graph.find_value("n"))) << "the sum reads it too";
  EXPECT_FALSE(find_source(graph, graph.find_value("o"))) << "its values are keys too";
  EXPECT_FALSE(find_readers(graph, graph.find_value("p"))) << "an output of the model";
  EXPECT_FALSE(find_source(graph, graph.find_value("f"))) << "it is clamped";
  EXPECT_FALSE(find_source(graph, graph.find_value("x")));
  EXPECT_FALSE(find_scores(graph, graph.value(graph.find_value("o")).producer));
}

// Two heads of queries for one of keys and values; positions are turned.
ir::Graph shared_heads(const char* turns) {
  std::string text = R"(
    input x: f32[1,1,2]
    const wq: f32[8,2] = [1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8]
    const wk: f32[4,2] = [1,1,2,2,3,3,4,4]
    const wv: f32[2,2] = [2,2,4,4]
    const bv: f32[2] = [2,8]
    const c: f32[1,1] = [0.6]
    const d: f32[1,1] = [0.8]
    ql: f32[1,1,8] = fully_connected(x, wq)
    kl: f32[1,1,4] = fully_connected(x, wk)
    v: f32[1,1,2] = fully_connected(x, wv, bv)
    q: f32[1,1,8] = rotary_embedding(ql, c, d) heads=2 rotated=2 TURNS
    k: f32[1,1,4] = rotary_embedding(kl, c, d) heads=1 rotated=2 TURNS
    o: f32[1,1,4] = attention(q, k, v) heads=2 kv_heads=1
    output o
)";
  for (size_t at = text.find("TURNS"); at != std::string::npos; at = text.find("TURNS")) text.replace(at, 5, turns);
  return ir::testing::graph_of(text).value();
}

TEST(ChannelSource, HeadsThatShareValuesShareFactors) {
  ir::Graph graph = shared_heads("");
  const ChannelSource source = find_source(graph, graph.find_value("o")).value();
  Ties ties(4);
  ties.join(source, own_channels(4));
  EXPECT_EQ(ties.of(0), ties.of(2));
  EXPECT_EQ(ties.of(1), ties.of(3));
  EXPECT_NE(ties.of(0), ties.of(1));
  divide(graph, source, {2, 4, 2, 4});
  EXPECT_EQ(constant_of(graph, "v", 1), (Floats{1, 1, 1, 1}));
  EXPECT_EQ(constant_of(graph, "v", 2), (Floats{1, 2}));
}

TEST(ChannelSource, ElementsThatAreTurnedTogetherShareFactors) {
  for (const char* turns : {"", "interleaved=true"}) {
    const ir::Graph graph = shared_heads(turns);
    Ties ties(8);
    ties.join(find_source(graph, graph.find_value("q")).value(), own_channels(8));
    EXPECT_EQ(ties.of(0), ties.of(1)) << turns;
    EXPECT_EQ(ties.of(4), ties.of(5)) << turns;
    EXPECT_NE(ties.of(2), ties.of(3)) << "these two are not turned";
    EXPECT_NE(ties.of(0), ties.of(4));
  }
}

TEST(ScoreFactors, AreMovedFromKeysToQueriesOfAllTheirHeads) {
  ir::Graph graph = shared_heads("");
  const Scores scores = find_scores(graph, graph.value(graph.find_value("o")).producer).value();
  move_factors(graph, scores, {{2, 2, 4, 8, 2, 2, 4, 8}, {2, 2, 4, 8}});
  EXPECT_EQ(constant_of(graph, "kl", 1), (Floats{2, 2, 4, 4, 12, 12, 32, 32}));
  EXPECT_EQ(constant_of(graph, "ql", 1),
            (Floats{0.5F, 0.5F, 1, 1, 0.75F, 0.75F, 0.5F, 0.5F, 2.5F, 2.5F, 3, 3, 1.75F, 1.75F, 1, 1}));
}

TEST(ScoreFactors, GiveChannelsOneRange) {
  const ir::Graph graph = shared_heads("");
  const Scores scores = find_scores(graph, graph.value(graph.find_value("o")).producer).value();
  // The last channel of the keys is as small as that of the queries is large.
  ChannelSamples queries{{}, Eigen::MatrixXf::Random(8, 64)}, keys{{}, Eigen::MatrixXf::Random(4, 64)};
  const Floats sizes = {1, 1, 1, 100};
  for (Eigen::Index i = 0; i < 8; ++i) queries.positions.row(i) *= sizes[static_cast<size_t>(i % 4)];
  for (Eigen::Index i = 0; i < 4; ++i) keys.positions.row(i) /= sizes[static_cast<size_t>(i)];
  for (auto* samples : {&queries, &keys}) {
    const Eigen::VectorXf largest = samples->positions.cwiseAbs().rowwise().maxCoeff();
    samples->largest.assign(largest.begin(), largest.end());
  }
  const ScoreFactors factors = score_factors(graph, scores, queries, keys, {});
  ASSERT_EQ(factors.keys.size(), 4U);
  EXPECT_EQ(factors.keys[0], factors.keys[1]) << "turned into each other";
  EXPECT_NEAR(factors.keys[3] / factors.keys[0], 100, 10);
  for (size_t i = 0; i < 8; ++i) EXPECT_EQ(factors.queries[i], factors.keys[i % 4]);
  const ChannelSamples even{Floats(8, 1), Eigen::MatrixXf::Random(8, 64)},
      alike{Floats(4, 1), Eigen::MatrixXf::Random(4, 64)};
  EXPECT_TRUE(score_factors(graph, scores, even, alike, {}).keys.empty()) << "nothing to gain";
}

}  // namespace
}  // namespace tmc::quant
