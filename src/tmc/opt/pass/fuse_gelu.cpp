// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// x / 2 * (1 + erf(x / sqrt(2))), decomposed in float steps as PyTorch and TensorFlow export it, becomes one operator,
// which integers compute with a table; so does the form by tanh. The factors may come in any order, and the half as a
// division by two.

#include <cmath>
#include <numbers>

#include "tmc/ops/op/gelu.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"
#include "tmc/opt/uses.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// What the product of `id` multiplies with `number`, or divides by its inverse; kNone where it is no such product.
ValueId scaled_by(const Graph& graph, ValueId id, double number) {
  const std::optional<Scaled> scaled = id == ValueId::kNone ? std::nullopt : unscaled(graph, id);
  return scaled && is_near(scaled->by, number) ? scaled->value : ValueId::kNone;
}

// The product that alone reads the value, and its other factor; an empty pair where there is none.
struct Product {
  NodeId node = NodeId::kNone;
  ValueId other = ValueId::kNone;
};
Product product_of(const Graph& graph, const Uses& uses, ValueId id) {
  const NodeId user = uses.only(id);
  if (user == NodeId::kNone || !graph.node(user).op.is<ops::Mul>()) return {};
  const Node& node = graph.node(user);
  if (node.op.get<ops::Mul>().activation != ops::Activation::kNone || node.inputs[0] == node.inputs[1]) return {};
  return {user, node.inputs[node.inputs[0] == id ? 1 : 0]};
}

// Whether the value is `x` to the third power, as such or as products.
bool is_cube(const Graph& graph, ValueId id, ValueId x) {
  if (const NodeId power = graph.producer_if<ops::Pow>(id); power != NodeId::kNone) {
    return graph.node(power).inputs[0] == x && is_number(graph, graph.node(power).inputs[1], 3);
  }
  const NodeId product = graph.producer_if<ops::Mul>(id);
  if (product == NodeId::kNone) return false;
  const std::vector<ValueId>& factors = graph.node(product).inputs;
  for (const size_t other : {0, 1}) {
    const NodeId square = graph.producer_if<ops::Mul>(factors[1 - other]);
    if (factors[other] == x && square != NodeId::kNone && graph.node(square).inputs == std::vector{x, x}) return true;
  }
  return false;
}

// The x of sqrt(2 / pi) * (x + 0.044715 * x^3); kNone where it is none.
ValueId argument_by_tanh(const Graph& graph, ValueId id) {
  const ValueId sum = scaled_by(graph, id, std::sqrt(2 / std::numbers::pi));
  const NodeId add = graph.producer_if<ops::Add>(sum);
  if (add == NodeId::kNone) return ValueId::kNone;
  const std::vector<ValueId>& addends = graph.node(add).inputs;
  for (const size_t x : {0, 1}) {
    if (is_cube(graph, scaled_by(graph, addends[1 - x], 0.044715), addends[x])) return addends[x];
  }
  return ValueId::kNone;
}

// The x of a node erf(x / sqrt(2)) or its counterpart by tanh; kNone where it is neither.
ValueId argument(const Graph& graph, const Node& node) {
  if (node.op.is<ops::Erf>()) return scaled_by(graph, node.inputs[0], std::numbers::sqrt2 / 2);
  return argument_by_tanh(graph, node.inputs[0]);
}

// The last node of a GELU of `x`, of which `sum` is 1 + erf(x / sqrt(2)) or by tanh; kNone where it is none.
NodeId end_of(const Graph& graph, const Uses& uses, ValueId x, ValueId sum) {
  const Product first = product_of(graph, uses, sum);
  if (first.node == NodeId::kNone) return NodeId::kNone;
  if (scaled_by(graph, first.other, 0.5) == x) return first.node;
  const ValueId product = graph.node(first.node).outputs[0];
  const NodeId last = uses.only(product);
  if (last == NodeId::kNone) return NodeId::kNone;
  const bool halves = first.other == x && scaled_by(graph, graph.node(last).outputs[0], 0.5) == product;
  const bool multiplies = is_number(graph, first.other, 0.5) && product_of(graph, uses, product).other == x;
  return halves || multiplies ? last : NodeId::kNone;
}

Status fuse(Graph& graph, const Uses& uses, NodeId id) {
  const ValueId x = argument(graph, graph.node(id));
  const NodeId add = uses.only(graph.node(id).outputs[0]);
  if (x == ValueId::kNone || add == NodeId::kNone || !graph.node(add).op.is<ops::Add>() ||
      graph.node(add).op.get<ops::Add>().activation != ops::Activation::kNone) {
    return {};
  }
  const std::vector<ValueId>& addends = graph.node(add).inputs;
  if (!is_number(graph, addends[0], 1) && !is_number(graph, addends[1], 1)) return {};
  const NodeId last = end_of(graph, uses, x, graph.node(add).outputs[0]);
  if (last == NodeId::kNone) return {};
  const ValueId result = graph.node(last).outputs[0];
  if (graph.value(result).type != graph.value(x).type) return {};
  const std::vector<ValueId> replaced = graph.node(last).inputs;
  const std::string name = graph.node(last).name;
  const ops::Gelu gelu{.by_tanh = graph.node(id).op.is<ops::Tanh>()};
  TMC_TRY(graph.recompute(result, last, name, gelu, {x}).status());
  for (const ValueId input : replaced) {
    if (input != x) graph.erase_unused(input);
  }
  return {};
}

Status run_fuse_gelu(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  // Nothing else reads, nor comes to read, the steps that are replaced: so uses are counted once.
  const Uses uses(graph);
  for (const NodeId id : order) {
    const Node& node = graph.node(id);
    if (!node.erased && (node.op.is<ops::Erf>() || node.op.is<ops::Tanh>())) TMC_TRY(fuse(graph, uses, id));
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_gelu;
const ir::Pass fuse_gelu = {"fuse_gelu", "Makes one operator of a decomposed GELU.", run_fuse_gelu};

}  // namespace tmc::opt
