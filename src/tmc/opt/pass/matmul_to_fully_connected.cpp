// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A matrix product with a constant matrix (which may still be a dequantised integer) becomes a fully connected layer.
// Its weights are [out, in]; where the product has them as [in, out], a transpose is put before them that folding
// takes away.

#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/constant_operand.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

Status rewrite(Graph& graph, NodeId id) {
  const ir::Node& node = graph.node(id);
  const auto* matmul = node.op.get_if<ops::Matmul>();
  if (!matmul) return {};
  ValueId weights = node.inputs[1];
  if (graph.value(weights).type.shape.rank() != 2 || !is_constant_operand(graph, weights)) return {};
  const ValueId input = node.inputs[0];
  if (!matmul->transpose_b) {
    const ir::Value& value = graph.value(weights);
    Quantization quantization = ir::permute(value.quantization, {1, 0});
    TMC_ASSIGN(weights, graph.insert(id, value.name, ops::Transpose{{1, 0}}, {weights}, std::move(quantization)));
  }
  graph.node(id).op = ops::FullyConnected{};
  graph.node(id).inputs = {input, weights};
  return {};
}

Status run_matmul_to_fully_connected(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) TMC_TRY(rewrite(graph, id));
  return {};
}

}  // namespace

extern const ir::Pass matmul_to_fully_connected;
const ir::Pass matmul_to_fully_connected = {"matmul_to_fully_connected",
                                            "Makes a matrix product with constant weights a fully connected layer.",
                                            run_matmul_to_fully_connected};

}  // namespace tmc::opt
