// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/recurrent.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/quant/calibrate/visible_states.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::RealRange;
using ir::ValueId;

// Integer bits of states in scales that are powers of two. The fast kernels of cells want two; finer steps would not
// be seen through the eight bits that gates are made of.
constexpr int kFewestCellBits = 2, kMostStateBits = 6;
constexpr double kMostState = 1 << kMostStateBits;
// A state takes the scale of the layer's output where that holds what the state does, and is so little coarser.
constexpr double kAlike = 1.1;

double most_of(std::span<const float> values) {
  double most = 0;
  for (const float value : values) most = std::max(most, std::abs(static_cast<double>(value)));
  return most;
}

// Of the least number of integer bits that hold this.
Quantization power_of_two(double most, int fewest_bits) {
  int bits = fewest_bits;
  while (bits < kMostStateBits && most > std::ldexp(1.0, bits)) ++bits;
  return Quantization::per_tensor(std::ldexp(1.0F, bits - 15), 0);
}

double most_seen(const Statistics& statistics, const std::string& name) {
  const auto seen = statistics.find(name);
  return seen == statistics.end() ? 0 : std::max(std::abs(seen->second.min()), std::abs(seen->second.max()));
}

double most_begun_with(const Graph& graph, const Statistics& statistics, ValueId id) {
  const ir::Value& value = graph.value(id);
  return value.is_constant() ? most_of(value.data->to_vector<float>()) : most_seen(statistics, value.name);
}

double most_held(const Graph& graph, const Statistics& statistics, const Node& layer, size_t state) {
  const RecurrentLayer of = *recurrent_layer(layer.op);
  const double begun = most_begun_with(graph, statistics, layer.inputs[of.first_state() + state]);
  return std::max(begun, of.bounded ? 1 : most_seen(statistics, visible_state(graph, layer, state)));
}

// Of a wide state, whose size is at most this.
Quantization wide(const RecurrentLayer& layer, double most) {
  if (layer.bounded) return power_of_two(most, 0);
  if (layer.form.states > 1) return power_of_two(most, kFewestCellBits);
  return integer_parameters({-most, most}, DType::kI16, true);
}

RealRange reals_of(const Quantization& quantization) {
  const auto scale = static_cast<double>(quantization.scale());
  return {scale * (dtype_min(DType::kI8) - quantization.zero_point()),
          scale * (dtype_max(DType::kI8) - quantization.zero_point())};
}

}  // namespace

RecurrentScheme::RecurrentScheme(const Graph& graph, const std::vector<NodeId>& nodes, const Statistics& statistics,
                                 const Scheme& scheme)
    : graph_(&graph), statistics_(&statistics), scheme_(&scheme), nodes_(nodes.begin(), nodes.end()) {
  for (const NodeId id : nodes) {
    const Node& node = graph.node(id);
    const std::optional<RecurrentLayer> layer = recurrent_layer(node.op);
    if (!layer) continue;
    for (size_t i = 0; i < node.outputs.size(); ++i) given_[node.outputs[i]] = {id, i};
    for (size_t i = 0; i < layer->form.states; ++i) taken_.insert({node.inputs[layer->first_state() + i], {id, i}});
  }
}

bool RecurrentScheme::is_mover(ValueId id) const {
  const NodeId producer = graph_->value(id).producer;
  return nodes_.contains(producer) && integer_form(graph_->node(producer).op) == IntegerForm::kDataMovement;
}

std::optional<IntegerActivation> RecurrentScheme::activation(const std::vector<ValueId>& tensors) const {
  std::optional<RecurrentLayer> layer;  // of a wide state that the tensors are
  bool is_wide = false;                 // for certain
  bool is_given = true;                 // by such layers alone
  bool is_output = false;
  double most = 0;
  const auto note = [&](const State& of) {
    const RecurrentLayer form = *recurrent_layer(graph_->node(of.layer).op);
    if (!form.is_wide(of.state)) return false;
    most = std::max(most, most_held(*graph_, *statistics_, graph_->node(of.layer), of.state));
    if (!layer || form.form.states > 1) layer = form;
    return true;
  };
  for (const ValueId id : tensors) {
    most = std::max(most, most_seen(*statistics_, graph_->value(id).name));
    is_output |= graph_->is_output(id);
    const auto [first, last] = taken_.equal_range(id);
    for (auto taken = first; taken != last; ++taken) is_wide |= note(taken->second);
    const auto given = given_.find(id);
    if (given == given_.end()) {
      is_given &= is_mover(id);
    } else if (note(given->second)) {
      is_wide |= given->second.state > 0;
    } else {
      is_given = false;
    }
  }
  if (!layer) return std::nullopt;
  if (is_wide || (is_given && is_output)) return IntegerActivation{wide(*layer, most), DType::kI16};
  if (!is_given || !layer->bounded) return std::nullopt;
  const float scale = ops::kStateStepsInProducts * wide(*layer, most).scale();
  return IntegerActivation{Quantization::per_tensor(scale, 0), DType::kI8};
}

RealRange RecurrentScheme::held(const std::vector<ValueId>& tensors) const {
  RealRange range{};
  for (const ValueId id : tensors) {
    const auto [first, last] = taken_.equal_range(id);
    for (auto taken = first; taken != last; ++taken) {
      const Node& layer = graph_->node(taken->second.layer);
      const auto seen = statistics_->find(visible_state(*graph_, layer, taken->second.state));
      if (seen == statistics_->end()) continue;
      const RealRange chosen = choose_range(seen->second, scheme_->ranges);
      range = {std::min(range.min, chosen.min), std::max(range.max, chosen.max)};
    }
  }
  return range;
}

Quantization RecurrentScheme::narrow_state(const Node& layer, const Plan& plan) const {
  const size_t begin = recurrent_layer(layer.op)->first_state();
  RealRange range = held({layer.inputs[begin]});
  for (const float value : graph_->value(layer.inputs[begin]).data->to_vector<float>()) {
    const auto real = static_cast<double>(value);
    range = {std::min(range.min, real), std::max(range.max, real)};
  }
  Quantization own = integer_parameters(range, DType::kI8, scheme_->ranges.symmetric);
  const auto given = plan.activations.find(layer.outputs[0]);
  if (given == plan.activations.end() || given->second.dtype != DType::kI8) return own;
  const RealRange covered = reals_of(given->second.quantization);
  const bool holds = covered.min <= range.min / kAlike && covered.max >= range.max / kAlike;
  const bool is_alike = static_cast<double>(given->second.quantization.scale()) <= kAlike * own.scale();
  return holds && is_alike ? given->second.quantization : own;
}

// A state that the layer begins with: its scale, and its integers where it is a constant.
Quantization RecurrentScheme::plan_state(const Node& layer, size_t state, Plan& plan) const {
  const RecurrentLayer of = *recurrent_layer(layer.op);
  const ValueId id = layer.inputs[of.first_state() + state];
  const ir::Value& value = graph_->value(id);
  if (!value.is_constant()) {
    const IntegerActivation& planned = plan.activations.at(id);
    if (of.is_wide(state) || planned.dtype == DType::kI8) return planned.quantization;
    return Quantization::per_tensor(ops::kStateStepsInProducts * planned.quantization.scale(), 0);
  }
  const bool is_wide = of.is_wide(state);
  Quantization quantization =
      is_wide ? wide(of, most_held(*graph_, *statistics_, layer, state)) : narrow_state(layer, plan);
  plan.constants[id] =
      rounded_constant(value.data->to_vector<float>(), quantization, is_wide ? DType::kI16 : DType::kI8);
  return quantization;
}

void RecurrentScheme::plan_weights(const Node& layer, size_t weights, size_t bias, float input_scale,
                                   Plan& plan) const {
  const ValueId id = layer.inputs[weights];
  const ir::Value& value = graph_->value(id);
  const std::vector<float> reals = value.data->to_vector<float>();
  const auto gates = static_cast<size_t>(recurrent_layer(layer.op)->form.gates);
  const auto units = static_cast<size_t>(value.type.shape[0]) / gates;
  std::vector<float> biases(gates * units);
  if (bias != 0 && layer.inputs[bias] != ValueId::kNone) {
    biases = graph_->value(layer.inputs[bias]).data->to_vector<float>();
  }
  constexpr double kMostBias = 0x1p30;
  std::vector<float> scales;
  for (size_t gate = 0; gate < gates; ++gate) {
    const size_t of_gate = reals.size() / gates;
    const double wanted = most_of(std::span(reals).subspan(gate * of_gate, of_gate)) / kMostEightBit;
    const double most_bias = most_of(std::span(biases).subspan(gate * units, units));
    const auto scale = static_cast<float>(std::max(wanted, most_bias / kMostBias / static_cast<double>(input_scale)));
    scales.push_back(scale >= std::numeric_limits<float>::min() ? scale : 1);
  }
  if (!scheme_->per_channel_weights) std::ranges::fill(scales, std::ranges::max(scales));
  Quantization quantization{{}, std::vector<int32_t>(gates * units), 0};
  for (const float scale : scales) quantization.scales.insert(quantization.scales.end(), units, scale);
  plan.constants[id] = rounded_constant(reals, quantization, DType::kI8);
}

void RecurrentScheme::plan_constants(const Node& layer, Plan& plan) const {
  const RecurrentLayer of = *recurrent_layer(layer.op);
  const IntegerActivation& input = plan.activations.at(layer.inputs[RecurrentLayer::kInput]);
  const float narrowed = input.dtype == DType::kI16 ? ops::kStateStepsInProducts : 1;
  plan_weights(layer, RecurrentLayer::kWeights, RecurrentLayer::kBias, narrowed * input.quantization.scale(), plan);
  float state_scale = 0;
  for (size_t i = 0; i < of.form.states; ++i) {
    const Quantization state = plan_state(layer, i, plan);
    if (i == 0) state_scale = state.scale() * (of.is_wide(0) ? ops::kStateStepsInProducts : 1);
  }
  const size_t bias = of.form.biases > 1 ? RecurrentLayer::kBias + 1 : 0;
  plan_weights(layer, RecurrentLayer::kRecurrentWeights, bias, state_scale, plan);
}

std::set<NodeId> unbounded_layers(const Graph& graph, const Statistics& statistics) {
  std::set<NodeId> found;
  for (const NodeId id : graph.order()) {
    const Node& node = graph.node(id);
    const std::optional<RecurrentLayer> layer = recurrent_layer(node.op);
    for (size_t i = 0; layer && i < layer->form.states; ++i) {
      const bool has_any_scale = !layer->bounded && layer->form.states == 1;
      if (layer->is_wide(i) && !has_any_scale && most_held(graph, statistics, node, i) > kMostState) found.insert(id);
    }
  }
  return found;
}

void separate_states(Graph& graph) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    const std::optional<RecurrentLayer> layer = recurrent_layer(graph.node(id).op);
    for (size_t i = 0; layer && i < layer->form.states; ++i) {
      const size_t input = layer->first_state() + i;
      const ValueId shared = graph.node(id).inputs[input];
      const ir::Value state = graph.value(shared);
      if (!state.is_constant()) continue;
      graph.node(id).inputs[input] = graph.add_constant(state.name + "_own", state.type, *state.data);
      graph.erase_unused(shared);
    }
  }
}

}  // namespace tmc::quant
