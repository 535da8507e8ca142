// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/spectra.hpp"

#include "tmc/ir/activation.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/dft.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/stft.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

using ir::Node;
using ir::NodeId;

template <typename... Ops>
bool is_any(const ir::AnyOp& op) {
  return (op.is<Ops>() || ...);
}

bool is_transform(const Node& node) {
  if (is_any<ops::Dft, ops::Stft, ops::Matmul>(node.op)) return true;
  return integer_form(node.op) == IntegerForm::kLayer &&
         ir::activation_of(node.op).value_or(ir::Activation::kNone) == ir::Activation::kNone;
}

// A bias would be a network's.
bool makes_cepstra(const Node& node) {
  return is_transform(node) && (node.inputs.size() < 3 || node.inputs[2] == ir::ValueId::kNone);
}

bool is_square(const Node& node) {
  return is_any<ops::Abs, ops::Pow>(node.op) || (node.op.is<ops::Mul>() && node.inputs[0] == node.inputs[1]);
}

bool is_step(const Node& node) {
  if (is_transform(node) || is_square(node) || node.op.reduces()) return true;
  if (is_any<ops::Add, ops::Sub, ops::Mul, ops::Div, ops::Max, ops::Min, ops::Neg, ops::Sqrt>(node.op)) return true;
  return integer_form(node.op) == IntegerForm::kDataMovement && !node.op.is<ops::Relu>();
}

// What the logarithm is made of; empty where something else is among it.
std::set<NodeId> made_of(const ir::Graph& graph, NodeId logarithm) {
  std::set<NodeId> reached;
  std::vector<NodeId> waiting = {logarithm};
  bool has_transform = false, has_square = false;
  while (!waiting.empty()) {
    const Node& node = graph.node(waiting.back());
    waiting.pop_back();
    for (const ir::ValueId input : node.inputs) {
      if (input == ir::ValueId::kNone) continue;
      const NodeId producer = graph.value(input).producer;
      if (producer == NodeId::kNone || !reached.insert(producer).second) continue;
      const Node& step = graph.node(producer);
      if (!is_step(step)) return {};
      has_square |= is_square(step);
      has_transform |= is_transform(step);
      waiting.push_back(producer);
    }
  }
  if (!has_transform || !has_square) return {};
  reached.insert(logarithm);
  return reached;
}

}  // namespace

std::set<NodeId> spectral_nodes(const ir::Graph& graph) {
  std::set<NodeId> found;
  std::set<ir::ValueId> logs;
  for (const NodeId id : graph.order()) {
    const Node& node = graph.node(id);
    if (node.inputs.empty()) continue;
    const bool reads_logs = logs.contains(node.inputs[0]);
    if (node.op.is<ops::Log>()) found.merge(made_of(graph, id));
    if (reads_logs && makes_cepstra(node)) found.insert(id);
    const bool moves_logs = reads_logs && integer_form(node.op) == IntegerForm::kDataMovement;
    if (moves_logs || (node.op.is<ops::Log>() && found.contains(id))) logs.insert(node.outputs[0]);
  }
  return found;
}

}  // namespace tmc::quant
