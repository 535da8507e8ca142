// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The addition of a constant per output channel becomes the bias of the convolution or fully connected layer before it.
// Floats only: a quantised addition rounds twice. The constant may still be a dequantised integer.

#include "tmc/ir/activation.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/opt/constant_operand.hpp"
#include "tmc/opt/layer.hpp"
#include "tmc/opt/passes.hpp"
#include "tmc/opt/uses.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

Status fuse(Graph& graph, const Uses& uses, NodeId id, size_t addend) {
  const ir::Node& add = graph.node(id);
  const ValueId sum = add.outputs[0];
  const ValueId product = add.inputs[1 - addend];
  ValueId bias = add.inputs[addend];
  const ir::Value& out = graph.value(product);
  if (out.producer == NodeId::kNone || uses.only(product) != id || !dtype_is_float(out.type.dtype)) return {};
  const ir::Node& layer = graph.node(out.producer);
  const int axis = has_bias(layer) ? -1 : channel_axis(graph, layer);
  const Shape& shape = graph.value(bias).type.shape;
  if (axis < 0 || !is_constant_operand(graph, bias) || !is_per_channel(shape, out.type.shape, axis) ||
      graph.value(sum).type != out.type) {
    return {};
  }

  const std::string name = layer.name;
  const std::vector<ValueId> inputs = {layer.inputs[0], layer.inputs[1]};
  const ir::AnyOp fused = ir::with_activation(layer.op, add.op.get<ops::Add>().activation);
  const int64_t channels = out.type.shape[axis];
  if (shape.rank() != 1) {
    TMC_ASSIGN(bias, graph.insert(id, graph.value(bias).name, ops::Reshape{{channels}}, {bias}));
  }
  TMC_TRY(graph.recompute(sum, id, name, fused, {inputs[0], inputs[1], bias}).status());
  graph.erase_unused(product);
  return {};
}

Status run_fuse_bias(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  // Of products, which keep their readers until they go; a sum with a bias in it takes no other.
  const Uses uses(graph);
  for (const NodeId id : order) {
    for (const size_t addend : {0, 1}) {
      if (!graph.node(id).erased && graph.node(id).op.is<ops::Add>()) TMC_TRY(fuse(graph, uses, id, addend));
    }
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_bias;
const ir::Pass fuse_bias = {
    "fuse_bias", "Makes the addition of a constant per channel the bias of the layer before it.", run_fuse_bias};

}  // namespace tmc::opt
