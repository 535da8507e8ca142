// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/qdq.hpp"

#include "tmc/ir/activation.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"

namespace tmc::quant {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

ValueId quantized_source(const Graph& graph, ValueId real) {
  const NodeId dequantize = graph.producer_if<ops::Dequantize>(real);
  return dequantize == NodeId::kNone ? ValueId::kNone : graph.node(dequantize).inputs[0];
}

NodeId only_quantize(const Graph& graph, ValueId real) {
  const NodeId user = graph.only_user(real);
  return user != NodeId::kNone && graph.node(user).op.is<ops::Quantize>() ? user : NodeId::kNone;
}

bool is_int8_activation(const ir::Value& value) {
  return value.type.dtype == DType::kI8 && !value.quantization.empty() && !value.quantization.per_axis();
}

Status lower_to_integers(Graph& graph, NodeId node, NodeId quantize, const ir::AnyOp& op, std::vector<ValueId> inputs) {
  const ValueId real = graph.node(node).outputs[0];
  const ValueId integers = graph.node(quantize).outputs[0];
  const ir::TensorType type = graph.value(integers).type;
  const Quantization quantization = graph.value(integers).quantization;
  ir::AnyOp lowered = op;
  if (const auto present = ir::activation_of(op)) {
    const auto needed = ir::activation_for(ir::range_of(*present), type, quantization);
    lowered = ir::with_activation(op, needed.value_or(*present));
  }
  const std::string name = graph.node(node).name;
  TMC_TRY(graph.recompute(integers, node, name, std::move(lowered), std::move(inputs), quantization).status());
  graph.erase_unused(real);
  return {};
}

}  // namespace tmc::quant
