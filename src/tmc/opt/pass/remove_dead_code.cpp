// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Takes away nodes and constants that no output depends on. Graph inputs stay: they are the model's interface.

#include <algorithm>
#include <vector>

#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

Status run_remove_dead_code(Graph& graph, const ir::PassContext&) {
  std::vector<bool> needed(graph.value_count());
  const auto need = [&](ValueId id) {
    if (id != ValueId::kNone) needed[static_cast<size_t>(id)] = true;
  };
  for (const ValueId id : graph.inputs()) need(id);
  for (const ValueId id : graph.outputs()) need(id);
  for (const ir::State& state : graph.states) need(state.initial);
  const std::vector<NodeId> order = graph.order();
  for (auto id = order.rbegin(); id != order.rend(); ++id) {
    const ir::Node& node = graph.node(*id);
    if (std::ranges::any_of(node.outputs, [&](ValueId output) { return needed[static_cast<size_t>(output)]; })) {
      for (const ValueId input : node.inputs) need(input);
    } else {
      graph.erase_node(*id);
    }
  }
  for (const ValueId id : graph.values()) {
    if (graph.value(id).is_constant() && !needed[static_cast<size_t>(id)]) graph.erase_value(id);
  }
  return {};
}

}  // namespace

extern const ir::Pass remove_dead_code;
const ir::Pass remove_dead_code = {"remove_dead_code", "Removes nodes and constants that no output depends on.",
                                   run_remove_dead_code};

}  // namespace tmc::opt
