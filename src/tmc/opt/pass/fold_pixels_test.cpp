// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/ops/op/pixels.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fold_pixels");
}

// Gives value v of channel c as v - 128 - c, and keeps the graph that it was asked about.
class Recorder : public ir::Evaluator {
 public:
  Result<std::vector<ir::TensorData>> evaluate(const Graph& subgraph) override {
    EXPECT_EQ(ir::verify(subgraph).text(), "ok");
    EXPECT_TRUE(subgraph.inputs().empty());
    for (const ir::NodeId id : subgraph.order()) nodes += std::string(subgraph.node(id).op.name()) + " ";
    const ops::TensorType& type = subgraph.value(subgraph.outputs()[0]).type;
    EXPECT_EQ(type.shape, Shape::of(1, 1, 256, channels));
    std::vector<int8_t> values;
    for (int value = 0; value < 256; ++value) {
      for (int channel = 0; channel < channels; ++channel) {
        values.push_back(static_cast<int8_t>(std::max(value - 128 - channel, -128)));
      }
    }
    return std::vector{ir::TensorData::of<int8_t>(values)};
  }
  int channels = 2;
  std::string nodes;
};

// Pixels of two bytes through tables that keep them, then `lines`.
Graph graph_of(std::string_view lines) {
  std::string tables;
  for (int i = 0; i < 512; ++i) tables += fmt::format("{}{}", i ? "," : "", i % 256 - 128);
  const auto graph = ir::testing::graph_of(fmt::format(R"(
    input x: u8[1,4,4,2]
    const t: i8[2,256] = [{}]
    const k: f32[2] = [0.5,0.25]
    const wide: f32[1,4,4,2] = [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]
    p: i8[1,4,4,2] scale=1 zero_point=-128 = pixels(x, t)
    {}
)",
                                                       tables, lines));
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  return *graph;
}

TEST(FoldPixels, TakesAFunctionOfEachChannelIntoTheTables) {
  Graph graph = graph_of(R"(
    r: f32[1,4,4,2] = dequantize(p)
    m: f32[1,4,4,2] = mul(k, r)
    a: f32[1,4,4,2] = sub(m, k)
    q: i8[1,4,4,2] scale=0.1 = quantize(a)
    output q
)");
  Recorder recorder;
  ASSERT_TRUE(pass().run(graph, {&recorder}).ok());
  EXPECT_EQ(recorder.nodes, "dequantize mul sub quantize ");
  graph.compact();
  ASSERT_TRUE(ir::verify(graph).ok());
  ASSERT_EQ(graph.order().size(), 1U);
  const ir::Node& node = graph.node(graph.order()[0]);
  ASSERT_TRUE(node.op.is<ops::Pixels>());
  EXPECT_EQ(graph.value(node.outputs[0]).quantization, Quantization::per_tensor(0.1F, 0));
  const auto tables = graph.value(node.inputs[1]).data->to_vector<int8_t>();
  EXPECT_EQ(tables[0], -128);
  EXPECT_EQ(tables[255], 127);
  EXPECT_EQ(tables[256 + 255], 126);
}

TEST(FoldPixels, LeavesWhatOthersReadOrDiffersFromPixelToPixel) {
  for (const char* lines : {"r: f32[1,4,4,2] = dequantize(p)\nq: i8[1,4,4,2] scale=1 = quantize(r)\noutput q\noutput r",
                            "r: f32[1,4,4,2] = dequantize(p)\nm: f32[1,4,4,2] = mul(r, wide)\n"
                            "q: i8[1,4,4,2] scale=1 = quantize(m)\noutput q",
                            "r: f32[1,4,4,2] = dequantize(p)\noutput r"}) {
    Graph graph = graph_of(lines);
    const std::string before = to_text(graph);
    Recorder recorder;
    ASSERT_TRUE(pass().run(graph, {&recorder}).ok());
    EXPECT_EQ(to_text(graph), before);
  }
}

}  // namespace
}  // namespace tmc::opt
