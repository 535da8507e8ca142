// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Adaptive rounding of a layer's weights on the calibration data (repair/rounding.hpp), channel by channel, against the
// second moments of the layer's inputs in the float graph. Layers whose moments would be too large stay as they are.

#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/measure/patches.hpp"
#include "tmc/quant/repair/repair.hpp"
#include "tmc/quant/repair/rounding.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;

// Layers whose moments are held at once.
constexpr size_t kLayersPerPass = 16;
constexpr int32_t kMostWeight = 127;

bool round_layer(Work& work, NodeId layer, const Moments& moments) {
  if (moments.second.empty()) return false;
  const ir::ValueId id = work.graph.node(layer).inputs[1];
  const std::vector<float> weights = work.graph.value(id).data->to_vector<float>();
  IntegerConstant& rounded = work.plan.constants.at(id);
  const auto length = static_cast<size_t>(moments.shape.length);
  const auto channels = static_cast<size_t>(moments.shape.channels);
  bool changed = false;
  std::vector<double> steps(length);
  for (size_t channel = 0; channel < channels; ++channel) {
    const size_t first = channel * length;
    const float scale = rounded.quantization.scale(channel_of(rounded.quantization, first, weights.size()));
    for (size_t i = 0; i < length; ++i) steps[i] = static_cast<double>(weights[first + i] / scale);
    const size_t group = channel / (channels / static_cast<size_t>(moments.shape.groups));
    const auto second = std::span(moments.second).subspan(group * length * length, length * length);
    const auto integers = std::span(rounded.integers).subspan(first, length);
    changed |= round_adaptively(steps, second, -kMostWeight, kMostWeight, integers) > 0;
  }
  return changed;
}

Result<bool> apply(Work& work, const RepairContext& context) {
  std::vector<NodeId> layers;
  for (const NodeId id : work.plan.nodes) {
    if (integer_form(work.graph.node(id).op) == IntegerForm::kLayer) layers.push_back(id);
  }
  TMC_ASSIGN(const auto session, context.runner->open(work.graph));
  bool changed = false;
  for (size_t first = 0; first < layers.size(); first += kLayersPerPass) {
    const std::vector<NodeId> some(
        layers.begin() + static_cast<int64_t>(first),
        layers.begin() + static_cast<int64_t>(std::min(first + kLayersPerPass, layers.size())));
    TMC_ASSIGN(const auto moments,
               measure_moments(work.graph, some, *session, *context.rows, context.learning_rows, context.progress));
    for (const auto& [id, of] : moments) changed |= round_layer(work, id, of);
  }
  return changed;
}

}  // namespace

extern const Repair adaptive_rounding;
const Repair adaptive_rounding = {
    "adaptive_rounding", "Rounds weights up or down as it changes a layer's outputs least.", RepairStage::kPlan, apply};

}  // namespace tmc::quant
