// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Cross-layer equalisation (Nagel et al., ICCV 2019, section 4.1): a channel between two layers may be made smaller in
// the first and larger in the second without changing what the graph computes, as long as only ReLU lies between. Every
// channel gets the factor that gives its weights the same range on both sides; pairs are gone through until it settles.

#include <algorithm>
#include <cmath>

#include "tmc/ir/activation.hpp"
#include "tmc/quant/correction/correction.hpp"
#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;

constexpr int kMostRounds = 20;
// Factors nearer to 1 than this are not worth another round.
constexpr float kSettled = 0.01F;
constexpr float kMostFactor = 64;

struct Pair {
  NodeId first, second;
};

bool is_layer(const Graph& graph, const Plan& plan, NodeId id) {
  return integer_form(graph.node(id).op) == IntegerForm::kLayer &&
         std::ranges::find(plan.nodes, id) != plan.nodes.end();
}

// Scaling passes through: f(s x) = s f(x) for s > 0.
bool is_homogeneous(const ir::AnyOp& layer) {
  const auto activation = ir::activation_of(layer);
  return !activation || *activation == ops::Activation::kNone || *activation == ops::Activation::kRelu;
}

std::vector<Pair> find_pairs(const Graph& graph, const Plan& plan) {
  std::vector<Pair> pairs;
  for (const NodeId id : plan.nodes) {
    const Node& first = graph.node(id);
    if (!is_layer(graph, plan, id) || !is_homogeneous(first.op)) continue;
    const NodeId user = graph.only_user(first.outputs[0]);
    if (user == NodeId::kNone || !is_layer(graph, plan, user) || graph.node(user).inputs[0] != first.outputs[0])
      continue;
    const auto reads_once = std::ranges::count(graph.node(user).inputs, first.outputs[0]) == 1;
    if (reads_once && graph.value(first.outputs[0]).type.shape.back() == graph.value(first.inputs[1]).type.shape[0]) {
      pairs.push_back({id, user});
    }
  }
  return pairs;
}

template <typename ChannelOf>
std::vector<float> channel_ranges(const ir::Value& weights, int64_t channels, ChannelOf channel_of_element) {
  std::vector<float> ranges(static_cast<size_t>(channels));
  const std::vector<float> elements = weights.data->to_vector<float>();
  for (size_t i = 0; i < elements.size(); ++i) {
    float& range = ranges[static_cast<size_t>(channel_of_element(static_cast<int64_t>(i)))];
    range = std::max(range, std::abs(elements[i]));
  }
  return ranges;
}

// Returns how far the factors are from 1.
float equalize(Graph& graph, const Pair& pair) {
  const Node& second = graph.node(pair.second);
  const ir::Value& first_weights = graph.value(graph.node(pair.first).inputs[1]);
  const int64_t channels = first_weights.type.shape[0];
  const int64_t per_channel = first_weights.type.shape.elements() / channels;
  const auto outputs = channel_ranges(first_weights, channels, [&](int64_t i) { return i / per_channel; });
  const auto inputs = channel_ranges(graph.value(second.inputs[1]), channels,
                                     [&](int64_t i) { return input_channel_of(graph, second, i); });
  std::vector<float> factors(static_cast<size_t>(channels), 1);
  float most = 0;
  for (size_t i = 0; i < factors.size(); ++i) {
    if (!(outputs[i] > 0) || !(inputs[i] > 0)) continue;
    factors[i] = std::clamp(std::sqrt(outputs[i] / inputs[i]), 1 / kMostFactor, kMostFactor);
    most = std::max(most, std::abs(std::log(factors[i])));
  }
  divide_outputs(graph, pair.first, factors);
  multiply_inputs(graph, pair.second, factors);
  return most;
}

Result<bool> apply(Work& work, const CorrectionContext&) {
  const std::vector<Pair> pairs = find_pairs(work.graph, work.plan);
  for (int round = 0; round < kMostRounds; ++round) {
    float most = 0;
    for (const Pair& pair : pairs) most = std::max(most, equalize(work.graph, pair));
    if (most < kSettled) break;
  }
  return !pairs.empty();
}

}  // namespace

extern const Correction equalization;
const Correction equalization = {"equalization", "Gives a channel's weights the same range on both sides of a ReLU.",
                                 CorrectionStage::kGraph, apply};

}  // namespace tmc::quant
