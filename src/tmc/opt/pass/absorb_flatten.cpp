// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A transposed tensor that is flattened and then read by a fully connected layer needs no transpose: the columns of the
// layer's constant weights are permuted instead. Elementwise operators may stand between.

#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::Permutation;
using ir::ValueId;

// The first axis that the reshape flattens into its last one, with all after it; -1 where it does something else, or
// where the transpose moves an axis before.
int first_flattened(const Shape& from, const Shape& to, const Permutation& perm) {
  if (to.rank() < 1) return -1;
  for (int axis = 0; axis < from.rank(); ++axis) {
    if (from.elements(axis, from.rank()) == to.back() && from.elements(0, axis) == to.elements(0, to.rank() - 1)) {
      return axis;
    }
    if (perm[static_cast<size_t>(axis)] != axis) return -1;
  }
  return -1;
}

// The fully connected layer with constant weights of its own that alone reads the flattened tensor, elementwise
// operators between; kNone where there is none.
NodeId layer_behind(const Graph& graph, ValueId flat) {
  NodeId user = graph.only_user(flat);
  while (user != NodeId::kNone && graph.node(user).op.is_unary()) user = graph.only_user(graph.node(user).outputs[0]);
  if (user == NodeId::kNone || !graph.node(user).op.is<ops::FullyConnected>()) return NodeId::kNone;
  return graph.value(graph.node(user).inputs[1]).is_constant() ? user : NodeId::kNone;
}

// weights [out, flattened axes as transposed] with the flattened axes in their order before the transpose.
ValueId permute_columns(Graph& graph, ValueId id, const Shape& transposed, int first, const Permutation& perm) {
  const ir::Value weights = graph.value(id);
  ir::TensorType split{weights.type.dtype, Shape::of(weights.type.shape[0])};
  Permutation back = {0};
  const Permutation inverse = ir::inverse(perm);
  for (int axis = first; axis < transposed.rank(); ++axis) {
    split.shape.push_back(transposed[axis]);
    back.push_back(inverse[static_cast<size_t>(axis)] - first + 1);
  }
  return graph.add_constant(weights.name, weights.type, ir::permute(*weights.data, split, back), weights.quantization);
}

// From the flattened tensor to the layer's input, elements come in another order than in the model's tensor of the
// name.
void mark_permuted(Graph& graph, ValueId flat, NodeId layer) {
  for (ValueId id = flat; id != ValueId::kNone;) {
    graph.rename(id, graph.value(id).name + "_permuted");
    const NodeId user = graph.only_user(id);
    id = user == layer ? ValueId::kNone : graph.node(user).outputs[0];
  }
}

void absorb(Graph& graph, NodeId id) {
  ir::Node& reshape = graph.node(id);
  if (!reshape.op.is<ops::Reshape>()) return;
  const ValueId transposed = reshape.inputs[0];
  const NodeId transpose = graph.producer_if<ops::Transpose>(transposed);
  const NodeId layer = layer_behind(graph, reshape.outputs[0]);
  if (transpose == NodeId::kNone || layer == NodeId::kNone) return;
  const Permutation perm = graph.node(transpose).op.get<ops::Transpose>().perm;
  const Shape shape = graph.value(transposed).type.shape;
  const int first = first_flattened(shape, graph.value(reshape.outputs[0]).type.shape, perm);
  const ValueId weights = graph.node(layer).inputs[1];
  // The split weights have one axis more than the flattened part.
  if (first < 0 || shape.rank() - first + 1 > Shape::kMaxRank || graph.value(weights).quantization.axis > 0) return;

  mark_permuted(graph, reshape.outputs[0], layer);
  graph.node(layer).inputs[1] = permute_columns(graph, weights, shape, first, perm);
  graph.erase_unused(weights);
  reshape.inputs[0] = graph.node(transpose).inputs[0];
  graph.erase_unused(transposed);
}

Status run_absorb_flatten(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) absorb(graph, id);
  }
  return {};
}

}  // namespace

extern const ir::Pass absorb_flatten;
const ir::Pass absorb_flatten = {"absorb_flatten",
                                 "Permutes the columns of a layer's weights instead of transposing what it flattens.",
                                 run_absorb_flatten};

}  // namespace tmc::opt
