// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Removes nodes that hand their input on unchanged and merges moves that follow each other:
//  - what moves elements to where they are (transpose by the identity, pad by nothing, concat of one), requantize to
//    the same parameters, a cast to the same type, a clamp that cannot act in the quantised range, a product with 1 or
//    another neutral operand
//  - what leaves elements in their order under another shape (a transpose of axes of extent 1) becomes a reshape, which
//    costs nothing
//  - transpose after transpose, reshape after reshape become one

#include <algorithm>
#include <cmath>

#include "tmc/ir/activation.hpp"
#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/requantize.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// Whether the node only moves elements, and leaves them in their order.
bool keeps_order(const Graph& graph, const ir::Node& node) {
  if (!node.op.moves_elements() || node.inputs.size() != 1) return false;
  const Result<ops::IndexMap> map = graph.index_map(node);
  return map.ok() && ops::is_identity(*map, graph.value(node.inputs[0]).type.shape);
}

// Whether the second operand changes no real number.
bool has_neutral_operand(const Graph& graph, const ir::Node& node) {
  const double neutral = node.op.info().neutral;
  const ir::Value& second = graph.value(node.inputs[1]);
  if (std::isnan(neutral) || !second.is_constant() || second.type.dtype != DType::kF32) return false;
  if (ir::activation_of(node.op).value_or(ops::Activation::kNone) != ops::Activation::kNone) return false;
  return std::ranges::all_of(second.data->to_vector<float>(), [&](float element) { return element == neutral; });
}

bool is_identity(const Graph& graph, const ir::Node& node) {
  if (node.inputs.empty() || node.inputs[0] == ValueId::kNone) return false;
  const ir::Value& in = graph.value(node.inputs[0]);
  const ir::Value& out = graph.value(node.outputs[0]);
  if (in.type != out.type || in.quantization != out.quantization) return false;
  if (node.op.is<ops::Requantize>() || node.op.is<ops::Cast>()) return true;
  if (node.op.moves_elements()) return keeps_order(graph, node);
  if (node.op.is_binary() && node.inputs[0] != node.inputs[1]) return has_neutral_operand(graph, node);
  const std::optional<ir::RealRange> range = ir::clamp_range(node.op);
  return range && ir::holds_everything(*range, out.type, out.quantization);
}

std::vector<int64_t> extents(const Shape& shape) {
  return {shape.begin(), shape.end()};
}

// The producer of the node's input, where it is the same kind of move and keeps the quantisation.
template <typename Op>
const ir::Node* move_before(const Graph& graph, const ir::Node& node) {
  const NodeId before = graph.producer_if<Op>(node.inputs[0]);
  if (before == NodeId::kNone) return nullptr;
  const ir::Node& producer = graph.node(before);
  const bool same = graph.value(producer.inputs[0]).quantization == graph.value(node.inputs[0]).quantization;
  return same ? &producer : nullptr;
}

// `node` does at once what it did after `before`.
void read_through(Graph& graph, ir::Node& node, const ir::Node& before, ops::AnyOp op) {
  const ValueId skipped = node.inputs[0];
  node.op = std::move(op);
  node.inputs = before.inputs;
  graph.erase_unused(skipped);
}

bool merge_with_producer(Graph& graph, ir::Node& node) {
  if (!node.op.is<ops::Reshape>() && keeps_order(graph, node)) {
    node.op = ops::Reshape{extents(graph.value(node.outputs[0]).type.shape)};
    return true;
  }
  if (const auto* transpose = node.op.get_if<ops::Transpose>()) {
    const ir::Node* before = move_before<ops::Transpose>(graph, node);
    if (!before) return false;
    read_through(graph, node, *before,
                 ops::Transpose{ir::compose(before->op.get<ops::Transpose>().perm, transpose->perm)});
    return true;
  }
  if (!node.op.is<ops::Reshape>()) return false;
  const ir::Node* before = move_before<ops::Reshape>(graph, node);
  if (!before) return false;
  read_through(graph, node, *before, ops::Reshape{extents(graph.value(node.outputs[0]).type.shape)});
  return true;
}

Status run_remove_identities(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    while (!is_identity(graph, graph.node(id)) && merge_with_producer(graph, graph.node(id))) {
    }
    if (is_identity(graph, graph.node(id))) graph.bypass(id);
  }
  return {};
}

}  // namespace

extern const ir::Pass remove_identities;
const ir::Pass remove_identities = {"remove_identities",
                                    "Removes nodes that change nothing and merges moves that follow each other.",
                                    run_remove_identities};

}  // namespace tmc::opt
