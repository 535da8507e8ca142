// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/unbounded.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "tmc/ir/activation.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

// From here on a constant stands for infinity: exporters write the lowest float where a framework has -inf.
constexpr float kStandsForInfinity = 1e30F;

bool is_unbounded(const ir::Value& value) {
  if (!value.is_constant() || value.type.dtype != DType::kF32) return false;
  return std::ranges::any_of(value.data->to_vector<float>(),
                             [](float real) { return !(std::abs(real) < kStandsForInfinity); });
}

// Inputs of the model that are added to scores hold what hides keys.
void find_masks(const ir::Graph& graph, std::set<ir::ValueId>& found) {
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    for (const ir::ValueId mask : std::span(node.inputs).subspan(quantized_inputs(node).size())) {
      if (mask == ir::ValueId::kNone || graph.value(mask).producer != ir::NodeId::kNone) continue;
      if (dtype_is_float(graph.value(mask).type.dtype)) found.insert(mask);
    }
  }
}

bool is_bounded_function(const ir::AnyOp& op) {
  return op.is<ops::Clip>() || (std::isfinite(op.info().low) && std::isfinite(op.info().high));
}

}  // namespace

std::set<ir::ValueId> unbounded_values(const ir::Graph& graph) {
  std::set<ir::ValueId> found;
  find_masks(graph, found);
  for (const ir::ValueId id : graph.values()) {
    if (is_unbounded(graph.value(id))) found.insert(id);
  }
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    const auto inputs = quantized_inputs(node);
    const bool reads_one = std::ranges::any_of(inputs, [&](ir::ValueId input) { return found.contains(input); });
    if (reads_one && !is_bounded_function(node.op)) found.insert(node.outputs.begin(), node.outputs.end());
  }
  return found;
}

}  // namespace tmc::quant
