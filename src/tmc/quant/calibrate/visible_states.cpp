// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/calibrate/visible_states.hpp"

#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/rnn.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// The layer as one that gives every state after every step; nothing where its own output is all there is to see.
std::optional<ir::AnyOp> twin_of(const ir::AnyOp& op) {
  if (const auto* lstm = op.get_if<ops::Lstm>()) {
    ops::Lstm twin = *lstm;
    twin.sequence = twin.cells = true;
    return twin;
  }
  if (const auto* rnn = op.get_if<ops::Rnn>(); rnn != nullptr && !rnn->sequence) {
    ops::Rnn twin = *rnn;
    twin.sequence = true;
    return twin;
  }
  return std::nullopt;
}

Status add_twin(Graph& graph, NodeId id) {
  const ir::Node layer = graph.node(id);
  const std::optional<ir::AnyOp> twin = twin_of(layer.op);
  if (!twin || !recurrent_layer(layer.op)) return {};
  TMC_ASSIGN(const std::vector<ir::TensorType> types, graph.infer(*twin, layer.inputs));
  std::vector<ValueId> states;
  for (size_t i = 0; i < types.size(); ++i) {
    states.push_back(graph.add_value(visible_state(graph, layer, i), types[i]));
    graph.add_output(states.back());
  }
  graph.insert_node(id, layer.name + "_visible", *twin, layer.inputs, states);
  return {};
}

}  // namespace

std::string visible_state(const Graph& graph, const ir::Node& layer, size_t state) {
  const std::string& output = graph.value(layer.outputs[0]).name;
  return twin_of(layer.op) ? output + (state == 0 ? "_every_state" : "_every_cell") : output;
}

Result<Graph> with_visible_states(Graph graph) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) TMC_TRY(add_twin(graph, id));
  return graph;
}

}  // namespace tmc::quant
