// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Adaptive rounding of a layer's weights on the calibration data (correction/rounding.hpp), channel by channel, against
// the second moments of the layer's inputs in the float graph. Layers whose moments would be too large stay as they
// are.

#include "tmc/quant/correction/correction.hpp"
#include "tmc/quant/correction/rounding.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/measure/patches.hpp"
#include "tmc/quant/scheme/four_bit.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;

// Of all layers that are measured in one pass over the rows: 128 MB. A layer that takes more by itself is left alone.
constexpr int64_t kMostSecondMoments = int64_t{1} << 24;

bool round_group(std::span<const float> weights, IntegerConstant& rounded, size_t first,
                 std::span<const double> moments) {
  const int32_t most = rounded.form.most();
  std::vector<double> steps(weights.size());
  std::vector<int32_t> grid(weights.size());
  std::vector<int8_t> integers(weights.size());
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t at = first + i;
    const float scale = rounded.quantization.scale(channel_of(rounded.quantization, at, rounded.integers.size()));
    grid[i] = rounded.step(at);
    steps[i] = static_cast<double>(weights[i] / scale) / grid[i];
    integers[i] = static_cast<int8_t>(rounded.integers[at] / grid[i]);
  }
  if (!(round_adaptively({steps, grid, moments, -most, most}, integers) > 0)) return false;
  for (size_t i = 0; i < integers.size(); ++i)
    rounded.integers[first + i] = static_cast<int16_t>(integers[i] * grid[i]);
  return true;
}

bool round_layer(Work& work, NodeId layer, const Moments& moments) {
  const ir::ValueId id = work.graph.node(layer).inputs[1];
  const std::vector<float> weights = work.graph.value(id).data->to_vector<float>();
  IntegerConstant& rounded = work.plan.constants.at(id);
  const auto groups = static_cast<size_t>(moments.shape.groups);
  const size_t size = weights.size() / groups;
  const size_t seconds = moments.second.size() / groups;
  bool changed = false;
  for (size_t group = 0; group < groups; ++group) {
    changed |= round_group(std::span(weights).subspan(group * size, size), rounded, group * size,
                           std::span(moments.second).subspan(group * seconds, seconds));
  }
  return changed;
}

// Parts of `layers` in order, each of as many as have second moments within the limit together.
std::vector<std::vector<NodeId>> parts_within_memory(const ir::Graph& graph, const std::vector<NodeId>& layers) {
  std::vector<std::vector<NodeId>> parts;
  int64_t elements = kMostSecondMoments;
  for (const NodeId id : layers) {
    const int64_t of_layer = second_moments(layer_shape(graph, graph.node(id)));
    if (of_layer > kMostSecondMoments) continue;
    elements += of_layer;
    if (elements > kMostSecondMoments) {
      parts.emplace_back();
      elements = of_layer;
    }
    parts.back().push_back(id);
  }
  return parts;
}

Result<bool> apply(Work& work, const CorrectionContext& context) {
  std::vector<NodeId> layers;
  for (const NodeId id : work.plan.nodes) {
    if (integer_form(work.graph.node(id).op) == IntegerForm::kLayer) layers.push_back(id);
  }
  TMC_ASSIGN(const auto session, context.runner->open(work.graph));
  bool changed = false;
  int64_t done = 0;
  for (const std::vector<NodeId>& part : parts_within_memory(work.graph, layers)) {
    TMC_ASSIGN(const auto moments, measure_moments(work.graph, part, MomentOrder::kSecond, *session, *context.rows,
                                                   context.learning_rows, context.progress));
    for (const auto& [id, of] : moments) {
      changed |= round_layer(work, id, of);
      context.progress(fmt::format("rounding '{}'", work.graph.node(id).name), ++done,
                       static_cast<int64_t>(layers.size()));
    }
  }
  return changed;
}

}  // namespace

extern const Correction adaptive_rounding;
const Correction adaptive_rounding = {"adaptive_rounding",
                                      "Rounds weights up or down as it changes a layer's outputs least.",
                                      CorrectionStage::kPlan, apply};

}  // namespace tmc::quant
