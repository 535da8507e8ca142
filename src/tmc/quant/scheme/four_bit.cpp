// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/four_bit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/ops/op/conv2d.hpp"

namespace tmc::quant {
namespace {

// Steps that are tried: from the one that reaches the largest weight down to this share of it.
constexpr float kLeastReach = 0.5F;
constexpr int kTriedSteps = 40;

int32_t nearest(float weight, float step) {
  constexpr auto kMost = static_cast<float>(kMostFourBit);
  return static_cast<int32_t>(std::clamp(std::nearbyint(weight / step), -kMost, kMost));
}

// What rounding to multiples of the step costs.
double energy(std::span<const float> weights, float step) {
  double sum = 0;
  for (const float weight : weights) {
    const auto off = static_cast<double>(weight - step * static_cast<float>(nearest(weight, step)));
    sum += off * off;
  }
  return sum;
}

float best_step(std::span<const float> weights) {
  float most = 0;
  for (const float weight : weights) most = std::max(most, std::abs(weight));
  if (!(most >= std::numeric_limits<float>::min() * 256)) return 0;
  const float widest = most / static_cast<float>(kMostFourBit);
  float best = widest;
  double least = HUGE_VAL;
  for (int i = 0; i <= kTriedSteps; ++i) {
    const float step = widest * (1 - (1 - kLeastReach) * static_cast<float>(i) / kTriedSteps);
    const double cost = energy(weights, step);
    if (!(cost < least)) continue;
    least = cost;
    best = step;
  }
  return best;
}

int32_t best_multiplier(std::span<const float> weights, float scale) {
  int32_t best = 1;
  double least = HUGE_VAL;
  for (int32_t multiplier = 1; multiplier <= kMostMultiplier; ++multiplier) {
    const double cost = energy(weights, scale * static_cast<float>(multiplier));
    if (!(cost < least)) continue;
    least = cost;
    best = multiplier;
  }
  return best;
}

}  // namespace

bool takes_four_bits(const ir::Graph& graph, const ir::Node& layer) {
  const auto* conv = layer.op.get_if<ops::Conv2d>();
  const Shape& weights = graph.value(layer.inputs[1]).type.shape;
  return weights.elements(1, weights.rank()) >= kFewestFourBitInputs && (conv == nullptr || conv->groups == 1);
}

float four_bit_scale(std::span<const float> weights, size_t group_inputs) {
  if (group_inputs >= weights.size()) return best_step(weights);
  float widest = 0;
  for (size_t at = 0; at < weights.size(); at += group_inputs) {
    widest = std::max(widest, best_step(weights.subspan(at, std::min(group_inputs, weights.size() - at))));
  }
  return widest / static_cast<float>(kMostMultiplier);
}

FourBitChannel round_four_bit(std::span<const float> weights, size_t group_inputs, float scale) {
  FourBitChannel channel;
  for (size_t at = 0; at < weights.size(); at += group_inputs) {
    const auto group = weights.subspan(at, std::min(group_inputs, weights.size() - at));
    const int32_t multiplier = group_inputs >= weights.size() ? 1 : best_multiplier(group, scale);
    for (const float weight : group) {
      const int32_t product = multiplier * nearest(weight, scale * static_cast<float>(multiplier));
      channel.products.push_back(static_cast<int8_t>(product));
      channel.steps.push_back(multiplier);
    }
  }
  return channel;
}

}  // namespace tmc::quant
