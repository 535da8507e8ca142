// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A factor or an addend per channel (or one for all) behind a float layer becomes part of its weights and bias. An
// importer writes a batch normalisation as one of each, so this is what folds it (Jacob et al., Quantization and
// Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, section 3.2). Where the weights are not
// float32 constants, fuse_bias may still take the addend.

#include <functional>

#include "tmc/ir/activation.hpp"
#include "tmc/ops/op/add.hpp"
#include "tmc/ops/op/mul.hpp"
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

// A float layer, every constant of which can be computed here.
bool is_foldable(const Graph& graph, const ir::Node& layer) {
  return is_float_constant(graph, layer.inputs[1]) && (!has_bias(layer) || is_float_constant(graph, layer.inputs[2]));
}

// One number per channel; none where the constant is neither that nor a scalar.
std::vector<float> channel_values(const ir::Value& constant, const Shape& out, int axis) {
  const std::vector<float> values = constant.data->to_vector<float>();
  if (is_per_channel(constant.type.shape, out, axis)) return values;
  if (values.size() == 1) return std::vector<float>(static_cast<size_t>(out[axis]), values[0]);
  return {};
}

ValueId add_floats(Graph& graph, std::string name, const Shape& shape, const std::vector<float>& values) {
  return graph.add_constant(std::move(name), {DType::kF32, shape}, ir::TensorData::of(std::span<const float>(values)));
}

// tensor [channels, ...] with every element combined with its channel's value.
template <typename Combine>
ValueId combined(Graph& graph, ValueId id, const std::vector<float>& values, Combine combine) {
  const ir::Value& tensor = graph.value(id);
  std::vector<float> elements = tensor.data->to_vector<float>();
  const size_t per_channel = elements.size() / values.size();
  for (size_t i = 0; i < elements.size(); ++i) elements[i] = combine(elements[i], values[i / per_channel]);
  return add_floats(graph, tensor.name, tensor.type.shape, elements);
}

// The layer's inputs with `values` worked in.
std::vector<ValueId> folded_inputs(Graph& graph, const ir::Node& layer, bool is_factor, ValueId constant,
                                   const std::vector<float>& values) {
  std::vector<ValueId> inputs = layer.inputs;
  if (is_factor) {
    inputs[1] = combined(graph, inputs[1], values, std::multiplies<>());
    if (has_bias(layer)) inputs[2] = combined(graph, inputs[2], values, std::multiplies<>());
    return inputs;
  }
  inputs.resize(3, ValueId::kNone);
  const Shape shape = Shape::of(values.size());
  inputs[2] = has_bias(layer) ? combined(graph, inputs[2], values, std::plus<>())
                              : add_floats(graph, graph.value(constant).name, shape, values);
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
  std::vector<ValueId> inputs = folded_inputs(graph, layer, is_factor, constant, values);
  TMC_TRY(graph.recompute(node.outputs[0], id, layer.name, ir::with_activation(layer.op, activation), std::move(inputs))
              .status());
  graph.erase_unused(product);
  graph.erase_unused(constant);
  return {};
}

Status run(Graph& graph, const ir::PassContext&) {
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
const ir::Pass fold_affine = {
    "fold_affine", "Works a factor or addend per channel, and so batch norms, into the layer before it.", run};

}  // namespace tmc::opt
