// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Moves that follow each other (reshapes, transposes, slices and repeats, in any order) and leave elements where they
// were become one reshape of what they began with, and those that one transpose does become that: heads that are taken
// apart for attention and put together after it, above all.

#include "tmc/ops/op/reshape.hpp"
#include "tmc/opt/passes.hpp"
#include "tmc/opt/view.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// How many nodes lie between the value and the source that cost something; reshapes do not.
int cost_between(const Graph& graph, ValueId at, ValueId source) {
  int cost = 0;
  while (at != source) {
    const ir::Node& node = graph.node(graph.value(at).producer);
    cost += node.op.is<ops::Reshape>() ? 0 : 1;
    at = node.inputs[0];
  }
  return cost;
}

Status rewrite(Graph& graph, const Origins& origins, NodeId id) {
  const ir::Node& node = graph.node(id);
  if (!view_of(graph, node)) return {};
  const ValueId result = node.outputs[0];
  const Seen seen = origins.of(graph, result);
  if (graph.value(seen.source).quantization != graph.value(result).quantization) return {};
  const auto moves = moves_for(seen.view, graph.value(seen.source).type.shape.elements());
  if (!moves) return {};
  const int cost = (moves->slices ? 1 : 0) + (moves->transposes ? 1 : 0) + (moves->repeats ? 1 : 0);
  if (cost >= cost_between(graph, result, seen.source)) return {};
  const std::string name = node.name;
  const Shape shape = graph.value(result).type.shape;
  TMC_ASSIGN(const ValueId moved, emit(graph, id, name + "_joined", seen.source, *moves, shape));
  const ops::Reshape same{{shape.begin(), shape.end()}};
  return graph.recompute(result, id, name, same, {moved}, graph.value(seen.source).quantization).status();
}

Status run_join_moves(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  const Origins origins(graph);
  // From the end, so that what all moves of a row begin with is still there.
  for (size_t at = order.size(); at-- > 0;) {
    if (!graph.node(order[at]).erased) TMC_TRY(rewrite(graph, origins, order[at]));
  }
  return {};
}

}  // namespace

extern const ir::Pass join_moves;
const ir::Pass join_moves = {"join_moves", "Makes as few moves as they take of moves that follow each other.",
                             run_join_moves};

}  // namespace tmc::opt
