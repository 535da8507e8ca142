// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Smoothing of transformers: what it moves leaves the float graph what it was.

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

}  // namespace
}  // namespace tmc::pipeline
