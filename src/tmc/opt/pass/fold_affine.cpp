// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A factor or an addend per channel (or one for all) behind a float layer becomes part of its weights and bias. An
// importer writes a batch normalisation as one of each, so this is what folds it (Jacob et al., Quantization and
// Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, section 3.2). Weights are float32
// constants, or dequantised int8 ones, whose scales then take the factor: so the batch norms behind layers go that were
// trained with fake-quantised weights. Where they are neither, fuse_bias may still take the addend.

#include <algorithm>
#include <cmath>
#include <functional>

#include "tmc/ir/activation.hpp"
#include "tmc/ir/constant_reals.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/opt/layer.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

bool is_float_constant(const Graph& graph, ValueId id) {
  return graph.value(id).is_constant() && graph.value(id).type.dtype == DType::kF32;
}

// The int8 constant, symmetric and along axis 0 if any, that the weights are the reals of; kNone where they are not.
ValueId int8_source(const Graph& graph, ValueId weights) {
  const NodeId dequantize = graph.producer_if<ops::Dequantize>(weights);
  if (dequantize == NodeId::kNone) return ValueId::kNone;
  const ValueId source = graph.node(dequantize).inputs[0];
  const ir::Value& value = graph.value(source);
  const bool fits = value.is_constant() && value.type.dtype == DType::kI8 && !value.quantization.empty() &&
                    value.quantization.axis <= 0 &&
                    std::ranges::all_of(value.quantization.zero_points, [](int32_t point) { return point == 0; });
  return fits ? source : ValueId::kNone;
}

// The float constant, or the constant behind a dequantize; kNone where the bias is neither.
ValueId bias_source(const Graph& graph, ValueId bias) {
  const NodeId dequantize = graph.producer_if<ops::Dequantize>(bias);
  const ValueId source = dequantize == NodeId::kNone ? bias : graph.node(dequantize).inputs[0];
  const bool fits =
      graph.value(source).is_constant() && (dequantize != NodeId::kNone || is_float_constant(graph, source));
  return fits ? source : ValueId::kNone;
}

// A float layer, every constant of which can be computed here.
bool is_foldable(const Graph& graph, const ir::Node& layer) {
  const bool weights =
      is_float_constant(graph, layer.inputs[1]) || int8_source(graph, layer.inputs[1]) != ValueId::kNone;
  return weights && (!has_bias(layer) || bias_source(graph, layer.inputs[2]) != ValueId::kNone);
}

// One number per channel; none where the constant is neither that nor a scalar.
std::vector<float> channel_values(const ir::Value& constant, const Shape& out, int axis) {
  std::vector<float> values = constant.data->to_vector<float>();
  if (is_per_channel(constant.type.shape, out, axis)) return values;
  if (values.size() == 1) return std::vector<float>(static_cast<size_t>(out[axis]), values[0]);
  return {};
}

ValueId add_floats(Graph& graph, std::string name, const Shape& shape, const std::vector<float>& values) {
  return graph.add_constant(std::move(name), {DType::kF32, shape}, ir::TensorData::of(std::span<const float>(values)));
}

// A constant [channels, ...] as reals, with every element combined with its channel's value.
template <typename Combine>
ValueId combined(Graph& graph, ValueId id, const std::vector<float>& values, Combine combine) {
  const ir::Value tensor = graph.value(id);
  std::vector<float> elements = ir::constant_reals(tensor);
  const size_t per_channel = elements.size() / values.size();
  for (size_t i = 0; i < elements.size(); ++i) elements[i] = combine(elements[i], values[i / per_channel]);
  return add_floats(graph, tensor.name, tensor.type.shape, elements);
}

// What a factor per channel makes of int8 weights [channels, ...]: its magnitude goes into the scale, its sign into the
// integers. Nothing where the scale would be no normal number, or -128 had to change its sign.
std::optional<ir::Value> scaled_integers(ir::Value weights, const std::vector<float>& factors) {
  std::vector<int8_t> integers = weights.data->to_vector<int8_t>();
  const size_t per_channel = integers.size() / factors.size();
  Quantization scaled{{}, std::vector<int32_t>(factors.size()), 0};
  for (size_t channel = 0; channel < factors.size(); ++channel) {
    const float scale = std::abs(factors[channel]) * weights.quantization.scale(channel);
    if (!std::isnormal(scale)) return std::nullopt;
    scaled.scales.push_back(scale);
    for (int8_t& integer : std::span(integers).subspan(channel * per_channel, per_channel)) {
      if (factors[channel] > 0) continue;
      if (integer == std::numeric_limits<int8_t>::min()) return std::nullopt;
      integer = static_cast<int8_t>(-integer);
    }
  }
  weights.data = ir::TensorData::of(std::span<const int8_t>(integers));
  weights.quantization = std::move(scaled);
  return weights;
}

// The layer's weights, before `node`, with the factors worked in; kNone where they cannot be.
Result<ValueId> folded_weights(Graph& graph, NodeId node, ValueId weights, const std::vector<float>& factors) {
  const ValueId source = int8_source(graph, weights);
  if (source == ValueId::kNone) return combined(graph, weights, factors, std::multiplies<>());
  const std::optional<ir::Value> scaled = scaled_integers(graph.value(source), factors);
  if (!scaled) return ValueId::kNone;
  const ValueId integers = graph.add_constant(scaled->name, scaled->type, *scaled->data, scaled->quantization);
  return graph.insert(node, graph.value(weights).name, ops::Dequantize{}, {integers});
}

// The layer's inputs, before `node`, with `values` worked in; none where they cannot be.
Result<std::vector<ValueId>> folded_inputs(Graph& graph, NodeId node, const ir::Node& layer, ValueId constant,
                                           const std::vector<float>& values) {
  std::vector<ValueId> inputs = layer.inputs;
  const ValueId bias = has_bias(layer) ? bias_source(graph, inputs[2]) : ValueId::kNone;
  if (graph.node(node).op.is<ops::Mul>()) {
    TMC_ASSIGN(inputs[1], folded_weights(graph, node, inputs[1], values));
    if (inputs[1] == ValueId::kNone) return std::vector<ValueId>();
    if (bias != ValueId::kNone) inputs[2] = combined(graph, bias, values, std::multiplies<>());
    return inputs;
  }
  inputs.resize(3, ValueId::kNone);
  inputs[2] = bias != ValueId::kNone ? combined(graph, bias, values, std::plus<>())
                                     : add_floats(graph, graph.value(constant).name, Shape::of(values.size()), values);
  return inputs;
}

Status fold(Graph& graph, NodeId id, size_t operand) {
  const ir::Node node = graph.node(id);
  const bool is_factor = node.op.is<ops::Mul>();
  const ValueId constant = node.inputs[operand];
  const ValueId product = node.inputs[1 - operand];
  const ops::TensorType out = graph.value(product).type;
  const NodeId producer = graph.value(product).producer;
  if (!is_float_constant(graph, constant) || producer == NodeId::kNone || graph.only_user(product) != id ||
      graph.value(node.outputs[0]).type != out) {
    return {};
  }
  const ir::Node layer = graph.node(producer);
  const int axis = channel_axis(graph, layer);
  if (axis < 0 || !is_foldable(graph, layer)) return {};
  const std::vector<float> values = channel_values(graph.value(constant), out.shape, axis);
  if (values.empty()) return {};

  const ops::Activation activation =
      is_factor ? node.op.get<ops::Mul>().activation : node.op.get<ops::Add>().activation;
  TMC_ASSIGN(std::vector<ValueId> inputs, folded_inputs(graph, id, layer, constant, values));
  if (inputs.empty()) return {};
  TMC_TRY(graph.recompute(node.outputs[0], id, layer.name, ir::with_activation(layer.op, activation), std::move(inputs))
              .status());
  graph.erase_unused(product);
  graph.erase_unused(constant);
  return {};
}

Status run_fold_affine(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    for (const size_t operand : {0, 1}) {
      const ir::Node& node = graph.node(id);
      if (!node.erased && (node.op.is<ops::Mul>() || node.op.is<ops::Add>())) TMC_TRY(fold(graph, id, operand));
    }
  }
  return {};
}

}  // namespace

extern const ir::Pass fold_affine;
const ir::Pass fold_affine = {"fold_affine",
                              "Works a factor or addend per channel, and so batch norms, into the layer before it.",
                              run_fold_affine};

}  // namespace tmc::opt
