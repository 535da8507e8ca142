// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// x * sigmoid(x), which no format but the newest ONNX has a name for, becomes one operator, which integers compute with
// a table.

#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

Status fuse(Graph& graph, NodeId id) {
  const Node* product = made_by<ops::Mul>(graph, graph.node(id).outputs[0]);
  if (product == nullptr || product->inputs[0] == product->inputs[1]) return {};
  for (const size_t side : {0, 1}) {
    const ValueId gate = product->inputs[side], x = product->inputs[1 - side];
    const NodeId sigmoid = graph.producer_if<ops::Sigmoid>(gate);
    if (sigmoid == NodeId::kNone || graph.node(sigmoid).inputs[0] != x) continue;
    if (graph.value(x).type.dtype != DType::kF32) return {};
    const std::string name = product->name;
    TMC_TRY(graph.recompute(product->outputs[0], id, name, ops::Silu{}, {x}).status());
    graph.erase_unused(gate);
    return {};
  }
  return {};
}

Status run_fuse_silu(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased && graph.node(id).op.is<ops::Mul>()) TMC_TRY(fuse(graph, id));
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_silu;
const ir::Pass fuse_silu = {"fuse_silu", "Makes one operator of x * sigmoid(x).", run_fuse_silu};

}  // namespace tmc::opt
