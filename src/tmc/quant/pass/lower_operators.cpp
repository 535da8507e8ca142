// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Float operators without weights, between dequantize and quantize nodes, become integer operators (integer_form.hpp).
// An operand of add, sub or mul that is a single float constant becomes an integer with a scale of its own; scales and
// biases of norms stay the constants that they are, of floats or of integers; angles become int16.

#include <algorithm>
#include <cmath>
#include <span>

#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/quant/attention_mask.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/passes.hpp"
#include "tmc/quant/qdq.hpp"
#include "tmc/quant/rotary_angles.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

bool is_float_scalar(const ir::Value& value) {
  if (!value.is_constant() || value.type.dtype != DType::kF32 || value.type.shape.elements() != 1) return false;
  return std::isfinite(value.data->to_vector<float>()[0]);
}

// The scalar as +-127 of a scale that makes it exact to a float's rounding.
ValueId quantize_scalar(Graph& graph, ValueId id) {
  const ir::Value& value = graph.value(id);
  const float real = value.data->to_vector<float>()[0];
  constexpr int8_t kMost = 127;
  const float scale = std::abs(real) / kMost;
  const bool is_zero = !(scale > 0);
  const int8_t integer = is_zero ? int8_t{0} : real < 0 ? int8_t{-kMost} : kMost;
  return graph.add_constant(value.name + "_quantized", {DType::kI8, value.type.shape},
                            ir::TensorData::of<int8_t>({&integer, 1}),
                            Quantization::per_tensor(is_zero ? 1 : scale, 0));
}

// The integer operand, and the constants; empty where it is none, or one of those is computed.
std::vector<ValueId> inputs_with_constants(const Graph& graph, const ir::Node& node) {
  const ValueId x = quantized_source(graph, node.inputs[0]);
  if (x == ValueId::kNone || !is_integer_activation(graph.value(x))) return {};
  std::vector<ValueId> inputs = {x};
  for (size_t i = 1; i < node.inputs.size(); ++i) {
    const ValueId input = node.inputs[i];
    const ValueId source = input == ValueId::kNone ? input : quantized_source(graph, input);
    inputs.push_back(source == ValueId::kNone ? input : source);
    if (inputs.back() != ValueId::kNone && !graph.value(inputs.back()).is_constant()) return {};
  }
  return inputs;
}

// The integer operands; empty where one has none.
std::vector<ValueId> integer_inputs(Graph& graph, const ir::Node& node) {
  std::vector<ValueId> inputs;
  for (const ValueId input : quantized_inputs(node)) {
    const ValueId source = quantized_source(graph, input);
    const bool is_scalar = integer_form(node.op) == IntegerForm::kArithmetic && is_float_scalar(graph.value(input));
    if (!is_scalar && (source == ValueId::kNone || !is_integer_activation(graph.value(source)))) return {};
    inputs.push_back(is_scalar ? input : source);
  }
  for (ValueId& input : inputs) {
    if (dtype_is_float(graph.value(input).type.dtype)) input = quantize_scalar(graph, input);
  }
  return inputs;
}

Status lower(Graph& graph, NodeId id) {
  const ir::Node node = graph.node(id);
  const IntegerForm form = integer_form(node.op);
  const bool with_constants = form == IntegerForm::kWithConstants;
  if (form != IntegerForm::kArithmetic && form != IntegerForm::kFunction && !with_constants) return {};
  const NodeId quantize = only_quantize(graph, node.outputs[0]);
  if (quantize == NodeId::kNone || !is_integer_activation(graph.value(graph.node(quantize).outputs[0]))) return {};
  std::vector<ValueId> inputs = with_constants ? inputs_with_constants(graph, node) : integer_inputs(graph, node);
  if (inputs.empty()) return {};
  const size_t activations = with_constants ? 1 : inputs.size();
  const auto is_int16 = [&](ValueId value) { return graph.value(value).type.dtype == DType::kI16; };
  const bool computes_on_int16 =
      is_int16(graph.node(quantize).outputs[0]) || std::ranges::any_of(std::span(inputs).first(activations), is_int16);
  if (computes_on_int16 && !has_int16_form(node.op)) return {};
  if (node.op.is<ops::Attention>() && node.inputs.size() > activations) {
    TMC_ASSIGN(inputs.emplace_back(), integer_mask(graph, id, node.inputs[activations]));
  }
  if (node.op.is<ops::RotaryEmbedding>()) {
    const auto scale_of = [&](ValueId value) { return static_cast<double>(graph.value(value).quantization.scale()); };
    const double ratio = scale_of(inputs[0]) / scale_of(graph.node(quantize).outputs[0]);
    TMC_ASSIGN(const auto angles, integer_angles(graph, id, ratio));
    if (!angles) return {};
    inputs.insert(inputs.end(), angles->begin(), angles->end());
  }
  return lower_to_integers(graph, id, quantize, node.op, std::move(inputs), activations);
}

Status run_lower_operators(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) TMC_TRY(lower(graph, id));
  }
  return {};
}

}  // namespace

extern const ir::Pass lower_operators;
const ir::Pass lower_operators = {"lower_operators",
                                  "Makes float operators without weights between dequantize and quantize integer.",
                                  run_lower_operators};

}  // namespace tmc::quant
