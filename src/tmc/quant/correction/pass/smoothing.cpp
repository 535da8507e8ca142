// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// SmoothQuant (Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models",
// ICML 2023): where some channels of an activation are far larger than the others, as after a normalisation in a
// transformer, one scale for all of them is coarse. Each channel is divided by max|x|^a / max|w|^(1-a) with a = 1/2,
// and the weights of every layer that reads it are multiplied with that. The division goes into what makes the
// activation: a layer without activation or with ReLU, or the factor and addend per channel that end a normalisation.

#include <algorithm>
#include <cmath>
#include <map>

#include "tmc/ir/activation.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/quant/correction/correction.hpp"
#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

constexpr float kMostFactor = 1024;

// A constant that is divided: input `index` of the node, by channel of the last axis.
struct Divided {
  NodeId node;
  size_t index;
};

struct Place {
  ValueId activation;
  std::vector<NodeId> readers;
  NodeId layer = NodeId::kNone;    // that makes the activation, or
  std::vector<Divided> constants;  // what ends a normalisation
};

bool is_layer(const Graph& graph, NodeId id) {
  return id != NodeId::kNone && integer_form(graph.node(id).op) == IntegerForm::kLayer;
}

bool is_homogeneous(const ir::AnyOp& op) {
  const auto activation = ir::activation_of(op);
  return !activation || *activation == ops::Activation::kNone || *activation == ops::Activation::kRelu;
}

// The input of an add or mul that is a float constant with one element a channel; nothing: none.
std::optional<size_t> channel_constant(const Graph& graph, const Node& node, int64_t channels) {
  for (size_t i = 0; i < node.inputs.size(); ++i) {
    const ir::Value& value = graph.value(node.inputs[i]);
    const Shape& shape = value.type.shape;
    const bool is_per_channel = shape.rank() > 0 && shape.back() == channels && shape.elements() == channels;
    if (value.is_constant() && value.type.dtype == DType::kF32 && is_per_channel) return i;
  }
  return std::nullopt;
}

// Fills in where the division can go; false: nowhere.
bool find_source(const Graph& graph, Place& place) {
  const NodeId producer = graph.value(place.activation).producer;
  if (producer == NodeId::kNone) return false;
  const Node& node = graph.node(producer);
  const int64_t channels = graph.value(place.activation).type.shape.back();
  if (!is_homogeneous(node.op)) return false;
  if (is_layer(graph, producer)) {
    const bool is_float =
        graph.value(node.inputs[1]).is_constant() && graph.value(node.inputs[1]).type.shape[0] == channels;
    place.layer = producer;
    return is_float;
  }
  if (!node.op.is<ops::Add>() && !node.op.is<ops::Mul>()) return false;
  const auto constant = channel_constant(graph, node, channels);
  if (!constant) return false;
  place.constants.push_back({producer, *constant});
  if (node.op.is<ops::Mul>()) return true;
  const ValueId product = node.inputs[1 - *constant];
  const NodeId factor = graph.producer_if<ops::Mul>(product);
  if (factor == NodeId::kNone || graph.only_user(product) != producer ||
      ir::activation_of(graph.node(factor).op) != ops::Activation::kNone) {
    return false;
  }
  const auto gamma = channel_constant(graph, graph.node(factor), channels);
  if (gamma) place.constants.push_back({factor, *gamma});
  return gamma.has_value();
}

std::vector<Place> find_places(const Graph& graph, const Plan& plan) {
  std::vector<Place> places;
  for (const NodeId id : plan.nodes) {
    if (!is_layer(graph, id)) continue;
    Place place{.activation = graph.node(id).inputs[0], .readers = {}, .constants = {}};
    place.readers = graph.users(place.activation);
    const bool only_layers = std::ranges::all_of(place.readers, [&](NodeId reader) {
      return is_layer(graph, reader) && graph.node(reader).inputs[0] == place.activation;
    });
    if (only_layers && place.readers.front() == id && !graph.is_output(place.activation) && find_source(graph, place)) {
      places.push_back(std::move(place));
    }
  }
  return places;
}

using Maxima = std::map<std::string, std::vector<float>, std::less<>>;

// Of every channel of the activations the largest magnitude.
Result<Maxima> channel_maxima(const Work& work, const std::vector<Place>& places, const CorrectionContext& context) {
  Maxima maxima;
  for (const Place& place : places) {
    const ir::Value& value = work.graph.value(place.activation);
    maxima[value.name].resize(static_cast<size_t>(value.type.shape.back()));
  }
  TMC_ASSIGN(const auto session, context.runner->open(work.graph));
  for (const int64_t row : context.learning_rows) {
    TMC_ASSIGN(const Row inputs, context.rows->read(row));
    TMC_TRY(session->run(inputs, [&](size_t at, std::span<std::byte> bytes) {
      const auto found = maxima.find(session->tensors()[at].name);
      if (found == maxima.end()) return;
      const std::vector<float> values = reals(session->tensors()[at], bytes);
      for (size_t i = 0; i < values.size(); ++i) {
        float& most = found->second[i % found->second.size()];
        most = std::max(most, std::abs(values[i]));
      }
    }));
  }
  return maxima;
}

void smooth(Graph& graph, const Place& place, const std::vector<float>& activations) {
  std::vector<float> weights(activations.size());
  for (const NodeId reader : place.readers) {
    const Node& node = graph.node(reader);
    const std::vector<float> elements = graph.value(node.inputs[1]).data->to_vector<float>();
    for (size_t i = 0; i < elements.size(); ++i) {
      float& most = weights[static_cast<size_t>(input_channel_of(graph, node, static_cast<int64_t>(i)))];
      most = std::max(most, std::abs(elements[i]));
    }
  }
  std::vector<float> factors(activations.size(), 1);
  for (size_t i = 0; i < factors.size(); ++i) {
    if (!(activations[i] > 0) || !(weights[i] > 0)) continue;
    factors[i] = std::clamp(std::sqrt(activations[i] / weights[i]), 1 / kMostFactor, kMostFactor);
  }
  if (place.layer != NodeId::kNone) divide_outputs(graph, place.layer, factors);
  for (const Divided& divided : place.constants) {
    const ir::Value& value = graph.value(graph.node(divided.node).inputs[divided.index]);
    const Shape shape = value.type.shape;
    std::vector<float> elements = value.data->to_vector<float>();
    for (size_t i = 0; i < elements.size(); ++i) elements[i] /= factors[i];
    replace_constant(graph, divided.node, divided.index, shape, elements);
  }
  for (const NodeId reader : place.readers) multiply_inputs(graph, reader, factors);
}

Result<bool> apply(Work& work, const CorrectionContext& context) {
  const std::vector<Place> places = find_places(work.graph, work.plan);
  if (places.empty()) return false;
  TMC_ASSIGN(const Maxima maxima, channel_maxima(work, places, context));
  for (const Place& place : places) smooth(work.graph, place, maxima.at(work.graph.value(place.activation).name));
  return true;
}

}  // namespace

extern const Correction smoothing;
const Correction smoothing = {"smoothing",
                              "Moves channels that stand out from activations into the weights that read them.",
                              CorrectionStage::kGraph, apply};

}  // namespace tmc::quant
