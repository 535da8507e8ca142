// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Bias correction (Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", ICCV 2019,
// section 4.2): rounded weights shift a channel's mean by the error times the mean input. The shift, measured on the
// calibration data, is taken off the bias.

#include "tmc/quant/correction/correction.hpp"
#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/measure/patches.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;

void correct(Work& work, NodeId layer, const Moments& moments) {
  const ir::ValueId id = work.graph.node(layer).inputs[1];
  const std::vector<float> weights = work.graph.value(id).data->to_vector<float>();
  const IntegerConstant& rounded = work.plan.constants.at(id);
  std::vector<float> bias = layer_bias(work.graph, layer);
  const LayerShape& shape = moments.shape;
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t channel = i / static_cast<size_t>(shape.length);
    const size_t group = channel / static_cast<size_t>(shape.channels / shape.groups);
    const double mean = moments.mean[group * static_cast<size_t>(shape.length) + i % static_cast<size_t>(shape.length)];
    const float scale = rounded.quantization.scale(channel_of(rounded.quantization, i, weights.size()));
    const double error = static_cast<double>(weights[i]) - static_cast<double>(scale) * rounded.integers[i];
    bias[channel] += static_cast<float>(error * mean);
  }
  replace_bias(work.graph, layer, bias);
}

Result<bool> apply(Work& work, const CorrectionContext& context) {
  std::vector<NodeId> layers;
  for (const NodeId id : work.plan.nodes) {
    if (integer_form(work.graph.node(id).op) == IntegerForm::kLayer) layers.push_back(id);
  }
  if (layers.empty()) return false;
  TMC_ASSIGN(const auto session, context.runner->open(work.graph));
  TMC_ASSIGN(const auto moments, measure_moments(work.graph, layers, MomentOrder::kFirst, *session, *context.rows,
                                                 context.learning_rows, context.progress));
  for (const auto& [id, of] : moments) correct(work, id, of);
  return true;
}

}  // namespace

extern const Correction bias_correction;
const Correction bias_correction = {"bias_correction",
                                    "Takes the mean error that rounded weights cause off the biases.",
                                    CorrectionStage::kPlan, apply};

}  // namespace tmc::quant
