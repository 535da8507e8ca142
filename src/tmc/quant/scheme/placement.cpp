// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/placement.hpp"

#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/rotary_angles.hpp"
#include "tmc/quant/scheme/spectra.hpp"
#include "tmc/quant/scheme/unbounded.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

bool is_float(const Graph& graph, ValueId id) {
  return id != ValueId::kNone && graph.value(id).type.dtype == DType::kF32;
}

bool is_named(const Graph& graph, const Node& node, const Names& names) {
  return names.contains(node.name) ||
         std::ranges::any_of(node.outputs, [&](ValueId output) { return names.contains(graph.value(output).name); });
}

// Adding and averaging alone is not worth its rounding.
bool is_light(const ir::AnyOp& op) {
  return integer_form(op) == IntegerForm::kArithmetic || op.reduces();
}

bool is_data_movement(const Graph& graph, NodeId id) {
  return integer_form(graph.node(id).op) == IntegerForm::kDataMovement;
}

bool can_be_integer(const Graph& graph, const Node& node) {
  const IntegerForm form = integer_form(node.op);
  if (form == IntegerForm::kNone) return false;
  const std::optional<RecurrentLayer> recurrent = recurrent_layer(node.op);
  if (recurrent ? node.inputs.size() > recurrent->inputs() : node.outputs.size() != 1) return false;
  for (size_t i = 0; i < quantized_inputs(node).size(); ++i) {
    const ValueId input = node.inputs[i];
    if (input == ValueId::kNone) continue;
    if (!is_float(graph, input)) return false;
    const bool takes_constants = form == IntegerForm::kLayer || form == IntegerForm::kWithConstants;
    const bool is_parameter = i > 0 && (recurrent ? i < recurrent->first_state() : takes_constants);
    if (is_parameter && !graph.value(input).is_constant()) return false;
  }
  return true;
}

std::vector<NodeId> neighbours(const Graph& graph, NodeId id) {
  std::vector<NodeId> found;
  for (const ValueId input : graph.node(id).inputs) {
    if (input != ValueId::kNone && graph.value(input).producer != NodeId::kNone) {
      found.push_back(graph.value(input).producer);
    }
  }
  for (const ValueId output : graph.node(id).outputs) {
    for (const NodeId user : graph.users(output)) found.push_back(user);
  }
  return found;
}

// Light operators and movers that a float operator reaches through such, whatever the direction.
std::set<NodeId> stay_float(const Graph& graph) {
  std::set<NodeId> reached;
  std::vector<NodeId> waiting;
  for (const NodeId id : graph.order()) {
    const Node& node = graph.node(id);
    if (integer_form(node.op) == IntegerForm::kNone && is_float(graph, node.outputs[0])) waiting.push_back(id);
  }
  while (!waiting.empty()) {
    const NodeId id = waiting.back();
    waiting.pop_back();
    for (const NodeId next : neighbours(graph, id)) {
      const bool passes = is_light(graph.node(next).op) || is_data_movement(graph, next);
      if (passes && reached.insert(next).second) waiting.push_back(next);
    }
  }
  return reached;
}

Status check_names(const Graph& graph, const Names& keep_float) {
  for (const std::string& name : keep_float) {
    const bool known =
        std::ranges::any_of(graph.order(), [&](NodeId id) { return is_named(graph, graph.node(id), {name}); });
    if (known) continue;
    std::string layers;
    for (const NodeId id : graph.order()) {
      if (integer_form(graph.node(id).op) == IntegerForm::kLayer) layers += " '" + graph.node(id).name + "'";
    }
    return error(Error::kBadUsage, "no node '{}' to keep in float", name).with_hint("the layers are:" + layers);
  }
  return {};
}

}  // namespace

Result<std::vector<NodeId>> integer_nodes(const Graph& graph, const Names& keep_float) {
  TMC_TRY(check_names(graph, keep_float));
  const std::set<NodeId> floats = stay_float(graph);
  const std::set<ValueId> unbounded = unbounded_values(graph);
  const std::set<NodeId> spectral = spectral_nodes(graph);
  const std::set<NodeId> angles = makers_of_angles(graph);
  std::vector<NodeId> candidates;
  for (const NodeId id : graph.order()) {
    const Node& node = graph.node(id);
    const bool is_real = (floats.contains(id) && !is_data_movement(graph, id)) || angles.contains(id);
    const auto inputs = quantized_inputs(node);
    const bool is_bounded = std::ranges::none_of(inputs, [&](ValueId input) { return unbounded.contains(input); });
    const bool stays = is_real || spectral.contains(id) || is_named(graph, node, keep_float);
    if (can_be_integer(graph, node) && is_bounded && !stays) {
      candidates.push_back(id);
    }
  }
  return without_stranded_movements(graph, candidates);
}

std::vector<NodeId> without_stranded_movements(const Graph& graph, const std::vector<NodeId>& nodes) {
  const std::set<NodeId> candidates(nodes.begin(), nodes.end());
  std::set<NodeId> reached;
  std::vector<NodeId> waiting;
  for (const NodeId id : nodes) {
    if (!is_data_movement(graph, id)) waiting.push_back(id);
  }
  reached.insert(waiting.begin(), waiting.end());
  while (!waiting.empty()) {
    const NodeId id = waiting.back();
    waiting.pop_back();
    for (const NodeId next : neighbours(graph, id)) {
      if (is_data_movement(graph, next) && candidates.contains(next) && reached.insert(next).second)
        waiting.push_back(next);
    }
  }
  std::vector<NodeId> kept;
  std::ranges::copy_if(nodes, std::back_inserter(kept), [&](NodeId id) { return reached.contains(id); });
  return kept;
}

}  // namespace tmc::quant
