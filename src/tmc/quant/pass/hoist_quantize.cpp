// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Moves quantize nodes up, before float operators that only move, choose or limit elements: reshape, transpose, concat,
// pad, max_pool2d, relu, clip, look-ups. Rounding keeps the order of reals, so these give the same integers on either
// side of it. A quantize node then meets the operator that computes, or a dequantize node (merge_quantize_pairs).

#include <span>

#include "tmc/ops/op/quantize.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// Hoists one quantize node by one operator; adds the quantize nodes that now stand before it to `moved`.
Status hoist(Graph& graph, NodeId id, std::vector<NodeId>& moved) {
  const ir::AnyOp quantize = graph.node(id).op;
  const ValueId integers = graph.node(id).outputs[0];
  const ValueId real = graph.node(id).inputs[0];
  const Quantization quantization = graph.value(integers).quantization;
  const NodeId producer = graph.value(real).producer;
  if (producer == NodeId::kNone || graph.only_user(real) != id || quantization.per_axis() ||
      integer_form(graph.node(producer).op) != IntegerForm::kDataMovement) {
    return {};
  }
  const ir::Node mover = graph.node(producer);
  std::vector<ValueId> inputs = mover.inputs;
  for (ValueId& input : std::span(inputs).first(quantized_inputs(mover).size())) {
    TMC_ASSIGN(const ValueId quantized,
               graph.insert(id, graph.value(input).name + "_quantized", quantize, {input}, quantization));
    moved.push_back(graph.value(quantized).producer);
    input = quantized;
  }
  TMC_TRY(graph.recompute(integers, id, mover.name, mover.op, std::move(inputs), quantization).status());
  graph.erase_unused(real);
  return {};
}

Status run_hoist_quantize(Graph& graph, const ir::PassContext&) {
  std::vector<NodeId> waiting;
  for (const NodeId id : graph.order()) {
    if (graph.node(id).op.is<ops::Quantize>()) waiting.push_back(id);
  }
  while (!waiting.empty()) {
    const NodeId id = waiting.back();
    waiting.pop_back();
    TMC_TRY(hoist(graph, id, waiting));
  }
  return {};
}

}  // namespace

extern const ir::Pass hoist_quantize;
const ir::Pass hoist_quantize = {"hoist_quantize",
                                 "Moves quantize nodes before float operators that only move or limit elements.",
                                 run_hoist_quantize};

}  // namespace tmc::quant
