// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Adaptive rounding of a layer's weights on the calibration data (repair/rounding.hpp), channel by channel, against the
// second moments of the layer's inputs in the float graph. Layers whose moments would be too large stay as they are.

#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/measure/patches.hpp"
#include "tmc/quant/repair/repair.hpp"
#include "tmc/quant/repair/rounding.hpp"
#include "tmc/quant/scheme/four_bit.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;

// Layers whose moments are held at once.
constexpr size_t kLayersPerPass = 16;
constexpr int32_t kMostWeight = 127;

// The second moments of inputs that are each multiplied with the step of their weight: rounding then goes by ones.
std::vector<double> scaled_moments(std::span<const double> moments, const IntegerConstant& constant, size_t first,
                                   size_t length) {
  std::vector<double> scaled(moments.begin(), moments.end());
  for (size_t i = 0; i < scaled.size(); ++i) {
    scaled[i] *= constant.step(first + i / length) * constant.step(first + i % length);
  }
  return scaled;
}

bool round_layer(Work& work, NodeId layer, const Moments& moments) {
  if (moments.second.empty()) return false;
  const ir::ValueId id = work.graph.node(layer).inputs[1];
  const std::vector<float> weights = work.graph.value(id).data->to_vector<float>();
  IntegerConstant& rounded = work.plan.constants.at(id);
  const int32_t most = rounded.form.bits == 4 ? kMostFourBit : kMostWeight;
  const auto length = static_cast<size_t>(moments.shape.length);
  const auto channels = static_cast<size_t>(moments.shape.channels);
  bool changed = false;
  std::vector<double> steps(length);
  std::vector<int8_t> integers(length);
  for (size_t channel = 0; channel < channels; ++channel) {
    const size_t first = channel * length;
    const float scale = rounded.quantization.scale(channel_of(rounded.quantization, first, weights.size()));
    for (size_t i = 0; i < length; ++i) {
      const int32_t step = rounded.step(first + i);
      steps[i] = static_cast<double>(weights[first + i] / scale) / step;
      integers[i] = static_cast<int8_t>(rounded.integers[first + i] / step);
    }
    const size_t group = channel / (channels / static_cast<size_t>(moments.shape.groups));
    auto second = std::span(moments.second).subspan(group * length * length, length * length);
    std::vector<double> scaled;
    if (!rounded.steps.empty()) second = scaled = scaled_moments(second, rounded, first, length);
    if (!(round_adaptively(steps, second, -most, most, integers) > 0)) continue;
    changed = true;
    for (size_t i = 0; i < length; ++i) {
      rounded.integers[first + i] = static_cast<int16_t>(integers[i] * rounded.step(first + i));
    }
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
