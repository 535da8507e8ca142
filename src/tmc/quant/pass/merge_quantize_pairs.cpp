// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A quantize node that reads a dequantized tensor becomes nothing where both say the same, else a requantize node.

#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/requantize.hpp"
#include "tmc/quant/passes.hpp"
#include "tmc/quant/qdq.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

void merge(Graph& graph, NodeId id) {
  ir::Node& node = graph.node(id);
  if (!node.op.is<ops::Quantize>()) return;
  const ValueId real = node.inputs[0];
  const ValueId source = quantized_source(graph, real);
  if (source == ValueId::kNone) return;
  const ir::Value& from = graph.value(source);
  const ir::Value& to = graph.value(node.outputs[0]);
  const bool same = from.type == to.type && from.quantization == to.quantization;
  if (!same && (from.quantization.per_axis() || to.quantization.per_axis())) return;
  node.op = ops::Requantize{to.type.dtype};
  node.inputs = {source};
  graph.erase_unused(real);
  if (same) graph.bypass(id);
}

Status run_merge_quantize_pairs(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) merge(graph, id);
  }
  return {};
}

}  // namespace

extern const ir::Pass merge_quantize_pairs;
const ir::Pass merge_quantize_pairs = {"merge_quantize_pairs",
                                       "Makes dequantize followed by quantize a requantize, or nothing.",
                                       run_merge_quantize_pairs};

}  // namespace tmc::quant
