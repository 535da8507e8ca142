// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/qdq.hpp"

#include <algorithm>
#include <span>

#include "tmc/ir/activation.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/requantize.hpp"

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

bool is_integer_activation(const ir::Value& value) {
  if (value.quantization.empty() || value.quantization.per_axis()) return false;
  return value.type.dtype == DType::kI8 || (value.type.dtype == DType::kI16 && value.quantization.zero_point() == 0);
}

namespace {

// Steps of int16 in one of int8: 255 of these, the largest distance from a zero point, fit.
constexpr int32_t kWideSteps = 128;

bool is_int16(const Graph& graph, ValueId id) {
  return graph.value(id).type.dtype == DType::kI16;
}

Quantization widened(const Quantization& narrow) {
  return Quantization::per_tensor(narrow.scale() / kWideSteps, 0);
}

ValueId widen_constant(Graph& graph, ValueId id) {
  const ir::Value& narrow = graph.value(id);
  std::vector<int16_t> wide;
  for (const int8_t integer : narrow.data->to_vector<int8_t>()) {
    wide.push_back(static_cast<int16_t>(kWideSteps * (integer - narrow.quantization.zero_point())));
  }
  return graph.add_constant(narrow.name + "_int16", {DType::kI16, narrow.type.shape}, ir::TensorData::of<int16_t>(wide),
                            widened(narrow.quantization));
}

// The same reals in int16, made before everything that reads the tensor, so that all who want them share them.
Result<ValueId> widen(Graph& graph, ValueId id) {
  if (is_int16(graph, id)) return id;
  if (graph.value(id).is_constant()) return widen_constant(graph, id);
  const Quantization quantization = widened(graph.value(id).quantization);
  const NodeId first = graph.users(id).front();
  const ir::Value& made = graph.value(graph.node(first).outputs[0]);
  const bool is_made = graph.node(first).op.is<ops::Requantize>() && made.type.dtype == DType::kI16;
  if (is_made && made.quantization == quantization) return graph.node(first).outputs[0];
  return graph.insert(first, graph.value(id).name + "_int16", ops::Requantize{DType::kI16}, {id}, quantization);
}

// The operator with the activation that its output of this type needs.
ir::AnyOp limited(const ir::AnyOp& op, const ir::TensorType& type, const Quantization& quantization) {
  const auto present = ir::activation_of(op);
  if (!present) return op;
  const auto needed = ir::activation_for(ir::range_of(*present), type, quantization);
  return ir::with_activation(op, needed.value_or(*present));
}

}  // namespace

Status lower_to_integers(Graph& graph, NodeId node, NodeId quantize, const ir::AnyOp& op, std::vector<ValueId> inputs,
                         size_t activations) {
  const ValueId real = graph.node(node).outputs[0];
  const ValueId integers = graph.node(quantize).outputs[0];
  const std::string name = graph.node(node).name;
  ir::TensorType type = graph.value(integers).type;
  const Quantization quantization = graph.value(integers).quantization;
  const auto read = std::span(inputs).first(activations);
  const bool narrows =
      std::ranges::any_of(read, [&](ValueId id) { return is_int16(graph, id); }) && type.dtype == DType::kI8;
  if (narrows || type.dtype == DType::kI16) {
    for (ValueId& input : read) {
      const ValueId narrow = input;
      TMC_ASSIGN(input, widen(graph, narrow));
      if (graph.value(narrow).is_constant()) graph.erase_unused(narrow);
    }
  }
  if (narrows) {
    type.dtype = DType::kI16;
    const Quantization wide = widened(quantization);
    TMC_ASSIGN(const ValueId made,
               graph.insert(node, graph.value(integers).name + "_int16", limited(op, type, wide), inputs, wide));
    graph.node(graph.value(made).producer).name = name;
    TMC_TRY(
        graph.recompute(integers, node, name + "_int8", ops::Requantize{DType::kI8}, {made}, quantization).status());
  } else {
    TMC_TRY(graph.recompute(integers, node, name, limited(op, type, quantization), std::move(inputs), quantization)
                .status());
  }
  graph.erase_unused(real);
  return {};
}

}  // namespace tmc::quant
