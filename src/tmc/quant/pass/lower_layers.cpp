// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Float conv2d and fully_connected between dequantize and quantize nodes become integer layers: int8 weights with zero
// point 0, int32 bias at the accumulator's scale, the output in the quantize node's scale. Input and output are int8 or
// int16 (qdq.hpp).

#include "tmc/base/host/refusals.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/quant/integer_weights.hpp"
#include "tmc/quant/passes.hpp"
#include "tmc/quant/qdq.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

bool is_int8_weights(const ir::Value& value) {
  return value.is_constant() && value.type.dtype == DType::kI8 && !value.quantization.empty();
}

// The constant behind the layer's bias: kNone where it has no bias.
Result<ValueId> constant_bias(const Graph& graph, const ir::Node& node) {
  if (node.inputs.size() < 3 || node.inputs[2] == ValueId::kNone) return ValueId::kNone;
  const ValueId source = quantized_source(graph, node.inputs[2]);
  const ValueId bias = source == ValueId::kNone ? node.inputs[2] : source;
  if (graph.value(bias).is_constant()) return bias;
  return error(Error::kUnsupportedType, "bias '{}' of an integer layer is not constant", graph.value(bias).name);
}

Status lower(Graph& graph, NodeId id) {
  const ir::Node node = graph.node(id);
  if (!node.op.is<ops::Conv2d>() && !node.op.is<ops::FullyConnected>()) return {};
  const NodeId quantize = only_quantize(graph, node.outputs[0]);
  const ValueId input = quantized_source(graph, node.inputs[0]);
  ValueId weights = quantized_source(graph, node.inputs[1]);
  if (quantize == NodeId::kNone || input == ValueId::kNone || weights == ValueId::kNone ||
      !is_integer_activation(graph.value(input)) || !is_int8_weights(graph.value(weights)) ||
      !is_integer_activation(graph.value(graph.node(quantize).outputs[0]))) {
    return {};
  }
  TMC_ASSIGN(ValueId bias, constant_bias(graph, node));
  TMC_ASSIGN(weights, symmetric_weights(graph, weights));
  if (bias != ValueId::kNone) {
    const Quantization weights_quantization = graph.value(weights).quantization;
    TMC_ASSIGN(bias, accumulator_bias(graph, bias, graph.value(input).quantization.scale(), weights_quantization));
  }
  std::vector<ValueId> inputs = {input, weights};
  if (bias != ValueId::kNone) inputs.push_back(bias);
  return lower_to_integers(graph, id, quantize, node.op, std::move(inputs), 1);
}

Status run_lower_layers(Graph& graph, const ir::PassContext&) {
  Refusals refusals;
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (graph.node(id).erased) continue;
    const std::string op(graph.node(id).op.name());
    const std::string name = graph.node(id).name;
    const Status status = lower(graph, id);
    if (!status.ok() && !Refusals::is_refusal(status)) return Status(status).at_node(name);
    if (!status.ok()) refusals.add(op, name, status);
  }
  return refusals.status();
}

}  // namespace

extern const ir::Pass lower_layers;
const ir::Pass lower_layers = {"lower_layers",
                               "Makes float conv2d and fully_connected between dequantize and quantize integer layers.",
                               run_lower_layers};

}  // namespace tmc::quant
