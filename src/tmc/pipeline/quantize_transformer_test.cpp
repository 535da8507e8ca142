// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Smoothing of transformers: what it moves leaves the float graph what it was, and helps where channels or heads
// differ.

#include "tmc/pipeline/testing/quantize_case.hpp"
#include "tmc/quant/correction/channel_source.hpp"

namespace tmc::pipeline {
namespace {

constexpr int kLength = 6, kWidth = 16;

std::string layer(const std::string& name, const std::string& input, int inputs, int outputs, unsigned seed) {
  const auto count = static_cast<size_t>(inputs * outputs);
  return random_constant("w_" + name, fmt::format("{},{}", outputs, inputs), count, seed) +
         random_constant("b_" + name, fmt::format("{}", outputs), static_cast<size_t>(outputs), seed + 100) +
         fmt::format("  {0}: f32[1,{1},{2}] = fully_connected({3}, w_{0}, b_{0})\n", name, kLength, outputs, input);
}

// A block with its norms first; two heads of keys for four of queries, positions turned.
ir::Graph transformer() {
  std::string text = fmt::format("  input x: f32[1,{},{}]\n", kLength, kWidth);
  text += random_constant("s", "16", 16, 1) + random_constant("b", "16", 16, 2) + random_constant("s2", "16", 16, 3) +
          random_constant("c", "6,2", 12, 4) + random_constant("d", "6,2", 12, 5);
  text += "  n: f32[1,6,16] = layer_norm(x, s, b)\n" + layer("ql", "n", 16, 16, 6) + layer("kl", "n", 16, 8, 7) +
          layer("v", "n", 16, 8, 8);
  text +=
      "  q: f32[1,6,16] = rotary_embedding(ql, c, d) heads=4\n"
      "  k: f32[1,6,8] = rotary_embedding(kl, c, d) heads=2 interleaved=false\n"
      "  o: f32[1,6,16] = attention(q, k, v) heads=4 kv_heads=2 causal=true\n" +
      layer("p", "o", 16, 16, 9) + "  sum: f32[1,6,16] = add(x, p)\n  n2: f32[1,6,16] = rms_norm(sum, s2)\n" +
      layer("u", "n2", 16, 32, 10) + "  g: f32[1,6,32] = gelu(u)\n" + layer("f", "g", 32, 16, 11) +
      "  y: f32[1,6,16] = add(sum, f)\n  output y\n";
  return ir::testing::graph_of(text).value();
}

constexpr size_t kTransformerElements = kLength * kWidth;

quant::Report smoothed(const ir::Graph& graph) {
  GraphRunner runner;
  NoiseRows rows(64, kTransformerElements);
  ir::Graph changed = graph;
  auto report =
      quant::quantize(changed, {.runner = &runner, .rows = &rows, .labels = {}, .progress = kQuiet, .cost = {}},
                      with_correction("smoothing"));
  EXPECT_TRUE(report.ok()) << report.status().text();
  return std::move(report).value();
}

// Divides channels of what makes a value, and multiplies them in those that read it: the same network.
void plant(ir::Graph& graph, const char* value, const std::vector<float>& factors) {
  std::vector<float> inverse = factors;
  for (float& factor : inverse) factor = 1 / factor;
  const ir::ValueId id = graph.find_value(value);
  const auto readers = quant::find_readers(graph, id).value();
  quant::divide(graph, quant::find_source(graph, id).value(), inverse);
  for (const ir::NodeId reader : readers) quant::multiply_inputs(graph, reader, inverse);
}

TEST(QuantizeTransformer, SmoothingKeepsTheFloatGraph) {
  GraphRunner runner;
  NoiseRows rows(16, kTransformerElements);
  std::vector<float> outliers(kWidth, 1), heads(kWidth, 1);
  outliers[3] = 100;
  for (size_t i = 0; i < 4; ++i) heads[i] = heads[4 + i] = 30;
  quant::Work work{transformer(), {}, {}};
  plant(work.graph, "n", outliers);
  plant(work.graph, "o", heads);
  const auto session = runner.open(work.graph).value();
  work.statistics = quant::calibrate(*session, rows, kQuiet).value();
  work.plan = quant::make_plan(work.graph, work.statistics, {}).value();
  const auto before = quant::Judge::create(*session, rows, {0, 5, 9}, {"y"}).value();
  for (const quant::Correction* correction : quant::all_corrections()) {
    if (correction->name == std::string("smoothing")) {
      EXPECT_TRUE(correction->apply(work, {&runner, &rows, {1, 2, 3, 4, 6, 7}, kQuiet}).value());
    }
  }
  ASSERT_EQ(ir::verify(work.graph).text(), "ok");
  EXPECT_GT(before.judge(*runner.open(work.graph).value()).value().noise.snr_db(), 110);
}

TEST(QuantizeTransformer, SmoothingUndoesChannelsThatStandOut) {
  const double even = smoothed(transformer()).corrections.at(0).snr_before_db;
  std::vector<float> outliers(kWidth, 1);
  outliers[3] = 100, outliers[7] = 30;
  ir::Graph graph = transformer();
  plant(graph, "n", outliers);
  plant(graph, "n2", outliers);
  const quant::CorrectionReport done = smoothed(graph).corrections.at(0);
  EXPECT_GT(done.snr_after_db, done.snr_before_db + 8);
  EXPECT_GT(done.snr_after_db, even - 1);
}

TEST(QuantizeTransformer, SmoothingUndoesHeadsOfDifferentRanges) {
  const double even = smoothed(transformer()).corrections.at(0).snr_before_db;
  ir::Graph graph = transformer();
  // A head of keys and values, and the two of queries that read it.
  std::vector<float> of_values(kWidth, 1), of_queries(kWidth, 1), of_keys(kWidth / 2, 1);
  for (size_t i = 0; i < 4; ++i) {
    of_values[i] = of_values[4 + i] = of_queries[i] = of_queries[4 + i] = 40;
    of_keys[i] = 1.0F / 40;
  }
  plant(graph, "o", of_values);
  quant::divide(graph, quant::find_source(graph, graph.find_value("q")).value(), of_queries);
  quant::divide(graph, quant::find_source(graph, graph.find_value("k")).value(), of_keys);
  const quant::CorrectionReport done = smoothed(graph).corrections.at(0);
  EXPECT_GT(done.snr_after_db, done.snr_before_db + 6);
  EXPECT_GT(done.snr_after_db, even - 1);
}

}  // namespace
}  // namespace tmc::pipeline
