// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What passes that look for patterns ask of a value: which number it is, and what a product, a sum or another operator
// of two operands has beside one of them.

#include <cmath>
#include <optional>

#include "tmc/ir/activation.hpp"
#include "tmc/ir/constant_reals.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::opt {

// The number that a float constant of one element is.
inline std::optional<double> number(const ir::Graph& graph, ir::ValueId id) {
  const ir::Value& value = graph.value(id);
  if (!value.is_constant() || value.type.dtype != DType::kF32 || value.type.shape.elements() != 1) return std::nullopt;
  return static_cast<double>(ir::constant_reals(value)[0]);
}

// Whether it is this number, to a float's rounding.
inline bool is_near(double found, double wanted) {
  return std::abs(found - wanted) <= 1e-6 * std::abs(wanted);
}

// Whether the value is a single number, this one to a float's rounding.
inline bool is_number(const ir::Graph& graph, ir::ValueId id, double wanted) {
  const std::optional<double> found = number(graph, id);
  return found && is_near(*found, wanted);
}

// The node that makes the value where it is an Op that clamps nothing; else null.
template <typename Op>
const ir::Node* made_by(const ir::Graph& graph, ir::ValueId id) {
  const ir::NodeId producer = graph.producer_if<Op>(id);
  if (producer == ir::NodeId::kNone) return nullptr;
  const ir::Node& node = graph.node(producer);
  if (ir::activation_of(node.op).value_or(ops::Activation::kNone) != ops::Activation::kNone) return nullptr;
  return &node;
}

// The other one of two operands; kNone where neither is `id`, and `id` where both are.
inline ir::ValueId beside(const ir::Node& node, ir::ValueId id) {
  if (node.inputs[0] == id) return node.inputs[1];
  return node.inputs[1] == id ? node.inputs[0] : ir::ValueId::kNone;
}

// A value as a number times another one: through products with numbers and quotients by them, as many as there are.
struct Scaled {
  ir::ValueId value;
  double by = 1;
};
inline std::optional<Scaled> unscaled(const ir::Graph& graph, ir::ValueId id) {
  if (const ir::Node* product = made_by<ops::Mul>(graph, id)) {
    for (const size_t at : {0, 1}) {
      const std::optional<double> by = number(graph, product->inputs[at]);
      if (by && product->inputs[1 - at] != product->inputs[at]) return Scaled{product->inputs[1 - at], *by};
    }
  }
  if (const ir::Node* quotient = made_by<ops::Div>(graph, id)) {
    const std::optional<double> by = number(graph, quotient->inputs[1]);
    if (by && *by != 0) return Scaled{quotient->inputs[0], 1 / *by};
  }
  return std::nullopt;
}

}  // namespace tmc::opt
