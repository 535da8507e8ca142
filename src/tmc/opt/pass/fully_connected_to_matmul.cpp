// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A fully connected layer whose weights are computed is how TFLite says the product of two activations. It becomes
// that, where it has neither bias nor activation, which is what passes look for and what the quantiser gives scales of
// its own.

#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/opt/constant_operand.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

Status rewrite(ir::Graph& graph, ir::NodeId id) {
  ir::Node& node = graph.node(id);
  const auto* layer = node.op.get_if<ops::FullyConnected>();
  if (layer == nullptr || layer->activation != ops::Activation::kNone) return {};
  const bool has_bias = node.inputs.size() > 2 && node.inputs[2] != ir::ValueId::kNone;
  const ops::TensorType& rows = graph.value(node.inputs[0]).type;
  const ops::TensorType& weights = graph.value(node.inputs[1]).type;
  if (has_bias || rows.shape.rank() < 2 || rows.dtype != weights.dtype || is_constant_operand(graph, node.inputs[1]))
    return {};
  node.op = ops::Matmul{.transpose_b = true};
  node.inputs.resize(2);
  return {};
}

Status run_fully_connected_to_matmul(ir::Graph& graph, const ir::PassContext&) {
  const std::vector<ir::NodeId> order = graph.order();
  for (const ir::NodeId id : order) TMC_TRY(rewrite(graph, id));
  return {};
}

}  // namespace

extern const ir::Pass fully_connected_to_matmul;
const ir::Pass fully_connected_to_matmul = {
    "fully_connected_to_matmul", "Makes a fully connected layer with computed weights a product of matrices.",
    run_fully_connected_to_matmul};

}  // namespace tmc::opt
