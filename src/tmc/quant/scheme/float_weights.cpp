// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/float_weights.hpp"

#include "tmc/ir/constant_reals.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

void widen_weights(Graph& graph) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (integer_form(graph.node(id).op) != IntegerForm::kLayer) continue;
    if (graph.value(graph.node(id).inputs[0]).type.dtype != DType::kF32) continue;
    for (size_t i = 1; i < graph.node(id).inputs.size(); ++i) {
      const ValueId narrow = graph.node(id).inputs[i];
      if (narrow == ValueId::kNone || !graph.value(narrow).is_constant()) continue;
      const ir::Value value = graph.value(narrow);
      if (value.type.dtype == DType::kF32) continue;
      const std::vector<float> reals = ir::constant_reals(value);
      graph.node(id).inputs[i] = graph.add_constant(value.name, {DType::kF32, value.type.shape},
                                                    ir::TensorData::of(std::span<const float>(reals)));
      graph.erase_unused(narrow);
    }
  }
}

}  // namespace tmc::quant
