// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// SmoothQuant (Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models",
// ICML 2023): where some channels of an activation are far larger than the others, as after a normalisation in a
// transformer, one scale for all of them is coarse. Each channel is divided by max|x|^a / max|w|^(1-a), and the weights
// of every layer that reads it are multiplied with that. The division goes into what makes the activation
// (correction/channel_source.hpp): a norm, a layer, or through attention the layer that makes its values. Queries share
// range with keys the same way (correction/score_factors.hpp).
//
// In networks with attention or norms of rows, `a` is that with the least error at the outputs of the layers that read
// the activation, and nothing is done where that gains nothing; in others it is 1/2.

#include <algorithm>
#include <cmath>

#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/rms_norm.hpp"
#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/correction/score_factors.hpp"
#include "tmc/quant/correction/smoothing_factors.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

using Eigen::MatrixXf;
using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

using Samples = std::map<ValueId, ChannelSamples>;

struct Place {
  ValueId activation;
  ChannelSource source;
  std::vector<NodeId> readers;
};

bool is_layer(const Graph& graph, NodeId id) {
  return integer_form(graph.node(id).op) == IntegerForm::kLayer;
}

bool is_transformer(const Graph& graph) {
  return std::ranges::any_of(graph.order(), [&](NodeId id) {
    const ir::AnyOp& op = graph.node(id).op;
    return op.is<ops::Attention>() || op.is<ops::LayerNorm>() || op.is<ops::RmsNorm>();
  });
}

// Nothing lies between what makes the activation and those that read it.
bool is_close(const Graph& graph, const Place& place) {
  const std::vector<Divided>& constants = place.source.constants;
  const bool ends_apart = constants.size() > 1 && constants.back().is_layer;
  return constants[0].node == graph.value(place.activation).producer && !ends_apart &&
         std::ranges::all_of(place.readers, [&](NodeId id) { return graph.node(id).inputs[0] == place.activation; });
}

std::vector<Place> find_places(const Graph& graph, const Plan& plan, bool far) {
  std::vector<Place> places;
  for (const NodeId id : plan.nodes) {
    if (!is_layer(graph, id)) continue;
    const ValueId activation = channels_root(graph, graph.node(id).inputs[0]);
    auto readers = find_readers(graph, activation);
    if (!readers || readers->front() != id) continue;
    auto source = find_source(graph, activation);
    if (!source) continue;
    Place place{activation, *std::move(source), *std::move(readers)};
    if (far || is_close(graph, place)) places.push_back(std::move(place));
  }
  return places;
}

std::vector<Scores> find_all_scores(const Graph& graph, const Plan& plan) {
  std::vector<Scores> all;
  for (const NodeId id : plan.nodes) {
    if (auto scores = find_scores(graph, id)) all.push_back(*std::move(scores));
  }
  return all;
}

// Of every input channel of the place's readers the largest weight.
std::vector<float> largest_weights(const Graph& graph, const Place& place, size_t channels) {
  std::vector<float> largest(channels);
  for (const NodeId reader : place.readers) {
    const Node& node = graph.node(reader);
    const std::vector<float> elements = graph.value(node.inputs[1]).data->to_vector<float>();
    for (size_t i = 0; i < elements.size(); ++i) {
      float& most = largest[static_cast<size_t>(input_channel_of(graph, node, static_cast<int64_t>(i)))];
      most = std::max(most, std::abs(elements[i]));
    }
  }
  return largest;
}

std::vector<float> half_and_half(const std::vector<float>& activations, const std::vector<float>& weights) {
  std::vector<float> factors(activations.size(), 1);
  for (size_t i = 0; i < factors.size(); ++i) {
    if (!(activations[i] > 0) || !(weights[i] > 0)) continue;
    factors[i] = std::clamp(std::sqrt(activations[i] / weights[i]), 1 / kMostFactor, kMostFactor);
  }
  return factors;
}

// Those with the least noise of the readers, fully connected layers, together; empty where nothing is gained.
std::vector<float> best_factors(const Graph& graph, const Place& place, const Samples& samples, const Scheme& scheme) {
  std::vector<MatrixXf> weights;
  for (const NodeId reader : place.readers) {
    const ir::Value& value = graph.value(graph.node(reader).inputs[1]);
    const std::vector<float> elements = value.data->to_vector<float>();
    weights.emplace_back(Eigen::Map<const MatrixXf>(elements.data(), value.type.shape[1], value.type.shape[0]));
  }
  const auto noise = [&](const std::vector<float>& factors) {
    double sum = 0;
    Eigen::VectorXf before;
    if (const auto& mean = place.source.mean) {
      before = mean_loss(samples.at(mean->values).positions, samples.at(place.activation).positions, mean->at, factors,
                         scheme);
    }
    for (size_t i = 0; i < weights.size(); ++i) {
      const ChannelSamples& read = samples.at(graph.node(place.readers[i]).inputs[0]);
      sum += layer_noise(read.positions, weights[i], factors, scheme, before);
    }
    return sum;
  };
  const std::vector<float>& activations = samples.at(place.activation).largest;
  const std::vector<float> of_weights = largest_weights(graph, place, activations.size());
  Ties ties(activations.size());
  ties.join(place.source, own_channels(activations.size()));
  std::vector<float> best;
  double least = kWorthwhileShare * noise(std::vector<float>(activations.size(), 1));
  for (const float exponent : kSmoothingExponents) {
    std::vector<float> factors = smoothing_factors(activations, of_weights, exponent, ties);
    const double of_these = noise(factors);
    if (!(of_these < least)) continue;
    least = of_these;
    best = std::move(factors);
  }
  return best;
}

bool smooth(Graph& graph, const Place& place, const Samples& samples, const Scheme& scheme, bool searches) {
  const std::vector<float>& activations = samples.at(place.activation).largest;
  const bool is_measured = searches && std::ranges::all_of(place.readers, [&](NodeId id) {
                             return graph.node(id).op.is<ops::FullyConnected>();
                           });
  if (!is_measured && !is_close(graph, place)) return false;
  const std::vector<float> factors =
      is_measured ? best_factors(graph, place, samples, scheme)
                  : half_and_half(activations, largest_weights(graph, place, activations.size()));
  if (factors.empty()) return false;
  divide(graph, place.source, factors);
  for (const NodeId reader : place.readers) multiply_inputs(graph, reader, factors);
  return true;
}

Result<bool> apply(Work& work, const CorrectionContext& context) {
  Graph& graph = work.graph;
  const bool searches = is_transformer(graph);
  const std::vector<Place> places = find_places(graph, work.plan, searches);
  const std::vector<Scores> scores = find_all_scores(graph, work.plan);
  std::set<ValueId> values;
  for (const Place& place : places) {
    values.insert(place.activation);
    if (place.source.mean) values.insert(place.source.mean->values);
    for (const NodeId reader : place.readers) values.insert(graph.node(reader).inputs[0]);
  }
  for (const Scores& one : scores) {
    const Node& node = graph.node(one.attention);
    values.insert({node.inputs[0], node.inputs[1]});
  }
  if (values.empty()) return false;
  TMC_ASSIGN(const Samples samples, sample_channels(graph, values, context));
  bool changed = false;
  for (const Place& place : places) changed |= smooth(graph, place, samples, context.scheme, searches);
  for (const Scores& one : scores) {
    const Node& node = graph.node(one.attention);
    const ScoreFactors factors =
        score_factors(graph, one, samples.at(node.inputs[0]), samples.at(node.inputs[1]), context.scheme);
    if (factors.keys.empty()) continue;
    move_factors(graph, one, factors);
    changed = true;
  }
  return changed;
}

}  // namespace

extern const Correction smoothing;
const Correction smoothing = {"smoothing",
                              "Moves channels that stand out from activations into the weights that read them.",
                              CorrectionStage::kGraph, apply};

}  // namespace tmc::quant
