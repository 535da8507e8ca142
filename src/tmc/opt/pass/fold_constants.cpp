// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Computes nodes that read nothing but constants. Operators that only move elements are done here for any dtype, and
// so is quantising weights to int8 along an axis, for which there is no kernel; the rest goes through the evaluator,
// and a node that it has no kernel for stays.
//
// Two kinds of node are left alone: dequantize, whose float result would be four times as large and would hide integer
// weights from the lowering of quant, and nodes whose result is larger than kLargestResultBytes, so that a small file
// cannot ask for a large constant.

#include <algorithm>
#include <cmath>

#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::TensorData;
using ir::ValueId;

constexpr int64_t kLargestResultBytes = int64_t{1} << 26;

bool can_fold(const Graph& graph, const ir::Node& node) {
  if (node.op.is<ops::Dequantize>() || node.outputs.size() != 1 || node.inputs.empty()) return false;
  const ops::TensorType& result = graph.value(node.outputs[0]).type;
  return result.shape.elements() * dtype_bytes(result.dtype) <= kLargestResultBytes &&
         std::ranges::all_of(
             node.inputs, [&](ValueId input) { return input == ValueId::kNone || graph.value(input).is_constant(); });
}

// The node alone, in a graph of its own.
Graph isolate(const Graph& graph, const ir::Node& node) {
  Graph alone;
  alone.requantization = graph.requantization;
  std::vector<ValueId> inputs;
  for (const ValueId input : node.inputs) {
    if (input == ValueId::kNone) {
      inputs.push_back(input);
      continue;
    }
    const ir::Value& value = graph.value(input);
    inputs.push_back(alone.add_constant(value.name, value.type, *value.data, value.quantization));
  }
  const ir::Value& result = graph.value(node.outputs[0]);
  const ValueId output = alone.add_value(result.name, result.type, result.quantization);
  alone.add_node(node.name, node.op, inputs, {output});
  alone.add_output(output);
  return alone;
}

bool lacks_kernel(Error code) {
  return code == Error::kUnsupportedOp || code == Error::kUnsupportedType || code == Error::kUnsupportedShape;
}

TensorData quantized_along_axis(const ir::Value& reals, const Quantization& quantization, bool ties_to_even) {
  const std::vector<float> values = reals.data->to_vector<float>();
  const Shape& shape = reals.type.shape;
  const auto inner = static_cast<size_t>(shape.elements(quantization.axis + 1, shape.rank()));
  std::vector<int8_t> integers(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const size_t channel = i / inner % quantization.scales.size();
    const float steps = values[i] / quantization.scale(channel);
    const float rounded = ties_to_even ? std::nearbyint(steps) : std::round(steps);
    const float integer = rounded + static_cast<float>(quantization.zero_point(channel));
    integers[i] = std::isnan(integer) ? int8_t{0} : static_cast<int8_t>(std::clamp(integer, -128.0F, 127.0F));
  }
  return TensorData::of<int8_t>(integers);
}

// Whether elements that move stand for the same reals afterwards; the axis of their scales may have moved with them.
bool keeps_integers(const Quantization& before, const Quantization& after) {
  if (before.empty() || after.empty()) return true;
  return before.scales == after.scales && before.zero_points == after.zero_points;
}

// Nothing where the node has to stay.
Result<std::optional<TensorData>> compute(const Graph& graph, const ir::Node& node, const ir::PassContext& context) {
  const ir::Value& first = graph.value(node.inputs[0]);
  const bool keeps = keeps_integers(first.quantization, graph.value(node.outputs[0]).quantization);
  if (node.op.moves_elements() && node.inputs.size() == 1 && keeps) {
    TMC_ASSIGN(const ops::IndexMap map, graph.index_map(node));
    if (ops::is_identity(map, first.type.shape)) return std::optional(*first.data);
    const std::span<const std::byte> inputs[] = {first.data->bytes()};
    if (ops::covers_all(map)) {
      return std::optional(TensorData(ops::moved(map, inputs, dtype_bytes(first.type.dtype))));
    }
  }
  if (const auto* quantize = node.op.get_if<ops::Quantize>(); quantize && first.type.dtype == DType::kF32) {
    const ir::Value& result = graph.value(node.outputs[0]);
    if (result.type.dtype == DType::kI8 && result.quantization.per_axis()) {
      return std::optional(quantized_along_axis(first, result.quantization, quantize->ties_to_even));
    }
  }
  if (!context.evaluator) return std::optional<TensorData>();
  Result<std::vector<TensorData>> results = context.evaluator->evaluate(isolate(graph, node));
  if (results.ok()) return std::optional(results->front());
  if (lacks_kernel(results.status().code())) return std::optional<TensorData>();
  return std::move(results).status().at_node(node.name);
}

Status run_fold_constants(Graph& graph, const ir::PassContext& context) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!can_fold(graph, graph.node(id))) continue;
    TMC_ASSIGN(std::optional<TensorData> data, compute(graph, graph.node(id), context));
    if (data) graph.set_constant(graph.node(id).outputs[0], *std::move(data));
  }
  return {};
}

}  // namespace

extern const ir::Pass fold_constants;
const ir::Pass fold_constants = {"fold_constants", "Computes nodes that read nothing but constants.",
                                 run_fold_constants};

}  // namespace tmc::opt
