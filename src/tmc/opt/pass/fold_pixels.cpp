// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What follows a camera's pixels element by element, up to the next tensor of int8, becomes part of their tables:
// scales and offsets of each channel, clamps, functions, and the quantisation behind them. The tables are what the
// nodes that go give for each of the 256 values, so the bits are the same.

#include <algorithm>

#include "tmc/ops/op/pixels.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

constexpr int64_t kValues = 256;

// One value for all, or one for each index of the last axis.
bool is_per_channel(const ir::Value& value, int64_t channels) {
  const Shape& shape = value.type.shape;
  return value.is_constant() && shape.rank() <= 4 &&
         (shape.elements() == 1 || (shape.back() == channels && shape.elements() == channels));
}

// The operand that is no constant, where the node treats every element of it alike within a channel; else -1.
int data_operand(const Graph& graph, const ir::Node& node, int64_t channels) {
  if (node.op.is_unary()) return 0;
  if (!node.op.is_binary()) return -1;
  for (const int data : {0, 1}) {
    const ValueId other = node.inputs[static_cast<size_t>(1 - data)];
    const bool whole = !graph.value(node.inputs[static_cast<size_t>(data)]).is_constant();
    if (whole && is_per_channel(graph.value(other), channels)) return data;
  }
  return -1;
}

// From a tensor of int8 back to the pixels.
struct Chain {
  NodeId pixels = NodeId::kNone;
  std::vector<NodeId> nodes;  // from the last to the first
};

Chain chain_before(const Graph& graph, NodeId last) {
  Chain chain;
  const int64_t channels = graph.value(graph.node(last).outputs[0]).type.shape.back();
  for (NodeId at = last;;) {
    const int data = data_operand(graph, graph.node(at), channels);
    if (data < 0) return {};
    chain.nodes.push_back(at);
    const ValueId input = graph.node(at).inputs[static_cast<size_t>(data)];
    if (graph.only_user(input) != at) return {};
    chain.pixels = graph.producer_if<ops::Pixels>(input);
    if (chain.pixels != NodeId::kNone) return chain;
    at = graph.value(input).producer;
    if (at == NodeId::kNone) return {};
  }
}

// The chain on every value of every channel: [1, 1, 256, channels].
Result<Graph> on_every_value(const Graph& graph, const Chain& chain) {
  Graph all;
  all.requantization = graph.requantization;
  const ir::Node& pixels = graph.node(chain.pixels);
  const std::vector<int8_t> tables = graph.value(pixels.inputs[1]).data->to_vector<int8_t>();
  const auto channels = static_cast<size_t>(graph.value(pixels.inputs[1]).type.shape[0]);
  std::vector<int8_t> values(tables.size());
  for (size_t i = 0; i < values.size(); ++i) values[i] = tables[i % channels * kValues + i / channels];
  ValueId value = all.add_constant("values", {DType::kI8, Shape::of(1, 1, kValues, channels)},
                                   ir::TensorData::of(std::span<const int8_t>(values)),
                                   graph.value(pixels.outputs[0]).quantization);
  ValueId before = pixels.outputs[0];
  for (auto id = chain.nodes.rbegin(); id != chain.nodes.rend(); ++id) {
    const ir::Node& node = graph.node(*id);
    std::vector<ValueId> inputs;
    for (const ValueId input : node.inputs) {
      const ir::Value& operand = graph.value(input);
      inputs.push_back(
          input == before ? value : all.add_constant(operand.name, operand.type, *operand.data, operand.quantization));
    }
    TMC_ASSIGN(value, all.append(node.name, node.op, inputs, graph.value(node.outputs[0]).quantization));
    before = node.outputs[0];
  }
  all.add_output(value);
  return all;
}

Status fold(Graph& graph, NodeId id, const ir::PassContext& context) {
  const ir::Value output = graph.value(graph.node(id).outputs[0]);
  if (output.type.dtype != DType::kI8 || output.type.shape.rank() != 4) return {};
  const Chain chain = chain_before(graph, id);
  if (chain.pixels == NodeId::kNone || !context.evaluator) return {};
  const ir::Node pixels = graph.node(chain.pixels);
  TMC_ASSIGN(const Graph all, on_every_value(graph, chain));
  Result<std::vector<ir::TensorData>> outputs = context.evaluator->evaluate(all);
  if (!outputs.ok()) return {};
  const std::vector<int8_t> values = outputs->front().to_vector<int8_t>();
  const size_t channels = values.size() / kValues;
  std::vector<int8_t> tables(values.size());
  for (size_t i = 0; i < values.size(); ++i) tables[i % channels * kValues + i / channels] = values[i];
  const ir::Value& old = graph.value(pixels.inputs[1]);
  const ValueId folded = graph.add_constant(old.name, old.type, ir::TensorData::of(std::span<const int8_t>(tables)));
  const ValueId real = graph.node(id).inputs[0];
  TMC_TRY(graph
              .recompute(graph.node(id).outputs[0], id, pixels.name, pixels.op, {pixels.inputs[0], folded},
                         output.quantization)
              .status());
  graph.erase_unused(real);
  return {};
}

Status run_fold_pixels(Graph& graph, const ir::PassContext& context) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) TMC_TRY(fold(graph, id, context));
  }
  return {};
}

}  // namespace

extern const ir::Pass fold_pixels;
const ir::Pass fold_pixels = {"fold_pixels", "Works what follows a camera's pixels in each channel into their tables.",
                              run_fold_pixels};

}  // namespace tmc::opt
