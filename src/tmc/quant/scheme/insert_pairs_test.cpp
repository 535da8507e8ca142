// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/insert_pairs.hpp"

#include "tmc/ir/testing/golden.hpp"

namespace tmc::quant {
namespace {

// The nodes `names` compute on integers; every float tensor of theirs gets scale 0.5.
std::string with_pairs(std::string_view lines, const Names& names,
                       const std::map<std::string, std::vector<int16_t>>& constants = {}) {
  ir::Graph graph = ir::testing::graph_of(lines).value();
  Plan plan;
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (!names.contains(node.name)) continue;
    plan.nodes.push_back(id);
    plan.activations[node.inputs[0]] = plan.activations[node.outputs[0]] = {Quantization::per_tensor(0.5, 0)};
  }
  for (const auto& [name, integers] : constants) {
    plan.constants[graph.find_value(name)] = {.integers = integers, .quantization = Quantization::per_tensor(0.25, 0)};
  }
  EXPECT_TRUE(insert_pairs(graph, plan).ok());
  EXPECT_EQ(ir::verify(graph).text(), "ok");
  return ir::to_text(graph);
}

TEST(InsertPairs, WrapsANodeWithItsWeights) {
  EXPECT_EQ(with_pairs(R"(
  input x: f32[1,1]
  const w: f32[1,1] = [2]
  y: f32[1,1] = fully_connected(x, w)
  output y
)",
                       {"y"}, {{"w", {8}}}),
            R"(graph "" {
  input x: f32[1,1]
  const w_quantized: i8[1,1] scale=0.25 = [8]
  x_quantized: i8[1,1] scale=0.5 = quantize(x) ties_to_even=true
  x_dequantized: f32[1,1] = dequantize(x_quantized)
  w_dequantized: f32[1,1] = dequantize(w_quantized)
  y_dequantized: f32[1,1] = fully_connected(x_dequantized, w_dequantized) @y
  y_quantized: i8[1,1] scale=0.5 = quantize(y_dequantized) ties_to_even=true
  y: f32[1,1] = dequantize(y_quantized) @y_dequantized
  output y
}
)") << "the output keeps its name";
}

TEST(InsertPairs, LeavesFloatReadersOfFloatsAlone) {
  EXPECT_EQ(with_pairs(R"(
  input x: f32[1,2]
  a: f32[1,2] = tanh(x)
  b: f32[1,2] = sigmoid(a)
  c: f32[1,2] = tanh(a)
  d: f32[1,2] = tanh(c)
  output b
  output d
)",
                       {"c"}),
            R"(graph "" {
  input x: f32[1,2]
  a: f32[1,2] = tanh(x)
  a_quantized: i8[1,2] scale=0.5 = quantize(a) ties_to_even=true
  a_dequantized: f32[1,2] = dequantize(a_quantized)
  b: f32[1,2] = sigmoid(a)
  c: f32[1,2] = tanh(a_dequantized)
  c_quantized: i8[1,2] scale=0.5 = quantize(c) ties_to_even=true
  c_dequantized: f32[1,2] = dequantize(c_quantized)
  d: f32[1,2] = tanh(c_dequantized)
  output b
  output d
}
)");
}

}  // namespace
}  // namespace tmc::quant
