// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/layer_constants.hpp"

#include "tmc/ops/op/conv2d.hpp"

namespace tmc::quant {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

std::vector<float> layer_bias(const Graph& graph, NodeId layer) {
  const Node& node = graph.node(layer);
  if (node.inputs.size() > 2 && node.inputs[2] != ValueId::kNone) {
    return graph.value(node.inputs[2]).data->to_vector<float>();
  }
  return std::vector<float>(static_cast<size_t>(graph.value(node.inputs[1]).type.shape[0]));
}

void replace_constant(Graph& graph, NodeId node, size_t index, const Shape& shape, const std::vector<float>& elements) {
  std::vector<ValueId>& inputs = graph.node(node).inputs;
  if (inputs.size() <= index) inputs.resize(index + 1, ValueId::kNone);
  const ValueId old = inputs[index];
  const std::string name = old == ValueId::kNone ? graph.node(node).name + "_bias" : graph.value(old).name;
  const ValueId added =
      graph.add_constant(name, {DType::kF32, shape}, ir::TensorData::of(std::span<const float>(elements)));
  graph.node(node).inputs[index] = added;
  if (old != ValueId::kNone) graph.erase_unused(old);
}

void replace_bias(Graph& graph, NodeId layer, const std::vector<float>& bias) {
  replace_constant(graph, layer, 2, Shape::of(bias.size()), bias);
}

int64_t input_channels(const Graph& graph, const Node& layer) {
  return graph.value(layer.inputs[0]).type.shape.back();
}

int64_t input_channel_of(const Graph& graph, const Node& layer, int64_t index) {
  const Shape& weights = graph.value(layer.inputs[1]).type.shape;
  const auto* conv = layer.op.get_if<ops::Conv2d>();
  const int64_t per_group = weights.back();
  const int64_t output_channel = index / weights.elements(1, weights.rank());
  const int64_t group = conv ? output_channel / (weights[0] / conv->groups) : 0;
  return group * per_group + index % per_group;
}

void divide_outputs(Graph& graph, NodeId layer, const std::vector<float>& factors) {
  const ir::Value& value = graph.value(graph.node(layer).inputs[1]);
  const Shape shape = value.type.shape;
  std::vector<float> weights = value.data->to_vector<float>();
  std::vector<float> bias = layer_bias(graph, layer);
  const size_t per_channel = weights.size() / factors.size();
  for (size_t i = 0; i < weights.size(); ++i) weights[i] /= factors[i / per_channel];
  for (size_t i = 0; i < bias.size(); ++i) bias[i] /= factors[i];
  replace_constant(graph, layer, 1, shape, weights);
  replace_bias(graph, layer, bias);
}

void multiply_inputs(Graph& graph, NodeId layer, const std::vector<float>& factors) {
  const ir::Value& value = graph.value(graph.node(layer).inputs[1]);
  const Shape shape = value.type.shape;
  std::vector<float> weights = value.data->to_vector<float>();
  for (size_t i = 0; i < weights.size(); ++i) {
    weights[i] *= factors[static_cast<size_t>(input_channel_of(graph, graph.node(layer), static_cast<int64_t>(i)))];
  }
  replace_constant(graph, layer, 1, shape, weights);
}

}  // namespace tmc::quant
