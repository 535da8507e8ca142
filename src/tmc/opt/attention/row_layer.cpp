// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/row_layer.hpp"

#include "tmc/opt/layer.hpp"
#include "tmc/opt/match.hpp"

namespace tmc::opt {

RowLayer row_layer(const ir::Graph& graph, const Uses& uses, ir::ValueId rows) {
  const int64_t width = graph.value(rows).type.shape.back();
  const auto is_bias = [&](ir::ValueId id) {
    const ir::Value& value = graph.value(id);
    const Shape& shape = value.type.shape;
    return value.is_constant() && value.type.dtype == DType::kF32 && shape.rank() >= 1 && shape.elements() == width &&
           shape.back() == width;
  };
  RowLayer layer;
  ir::ValueId at = rows;
  if (const ir::Node* sum = made_by<ops::Add>(graph, at); sum != nullptr && uses.of(at).size() == 1) {
    for (const size_t side : {0, 1}) {
      if (is_bias(sum->inputs[side])) layer.bias = sum->inputs[side], at = sum->inputs[1 - side];
    }
  }
  const ir::Node* node = made_by<ops::FullyConnected>(graph, at);
  if (node == nullptr || uses.only(at) == ir::NodeId::kNone) return {};
  if (graph.value(node->inputs[0]).type.shape.rank() != 3 || graph.value(at).type.dtype != DType::kF32) return {};
  if (!graph.value(node->inputs[1]).is_constant()) return {};
  if (has_bias(*node)) {
    if (layer.bias != ir::ValueId::kNone || !is_bias(node->inputs[2])) return {};
    layer.bias = node->inputs[2];
  }
  layer.x = node->inputs[0];
  layer.weights = node->inputs[1];
  return layer;
}

}  // namespace tmc::opt
