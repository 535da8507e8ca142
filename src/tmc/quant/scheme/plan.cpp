// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/scheme/four_bit.hpp"
#include "tmc/quant/scheme/recurrent.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::RealRange;
using ir::ValueId;

std::optional<Quantization> fixed_parameters(const Graph& graph, ValueId id, DType dtype) {
  const NodeId producer = graph.value(id).producer;
  if (producer == NodeId::kNone) return std::nullopt;
  return ir::fixed_quantization(graph.node(producer).op, dtype);
}

// Values that must have one scale, as trees of values towards a representative.
class Groups {
 public:
  ValueId of(ValueId id) const {
    for (auto next = parents_.find(id); next != parents_.end(); next = parents_.find(id)) id = next->second;
    return id;
  }
  void join(ValueId a, ValueId b) {
    if (of(a) != of(b)) parents_[of(a)] = of(b);
  }

 private:
  std::map<ValueId, ValueId> parents_;
};

// Of reals, as indices are not.
bool is_activation(const Graph& graph, ValueId id) {
  return id != ValueId::kNone && !graph.value(id).is_constant() && dtype_is_float(graph.value(id).type.dtype);
}

// The constant that a look-up reads; kNone where it is computed, or the operator is another.
ValueId table_of(const Graph& graph, const Node& node) {
  const bool reads_table = node.op.is<ops::Lookup>() && graph.value(node.inputs[0]).is_constant();
  return reads_table ? node.inputs[0] : ValueId::kNone;
}

class Planner {
 public:
  Planner(const Graph& graph, const Statistics& statistics, const Scheme& scheme)
      : graph_(&graph), statistics_(&statistics), scheme_(&scheme) {}

  Result<Plan> make() {
    TMC_ASSIGN(plan_.nodes, integer_nodes(*graph_, scheme_->keep_float));
    leave_to_float();
    recurrent_.emplace(*graph_, plan_.nodes, *statistics_, *scheme_);
    TMC_TRY(plan_activations());
    for (const NodeId id : plan_.nodes) plan_constants(graph_->node(id));
    return std::move(plan_);
  }

 private:
  // What has no form in 16 bits, or a poor one, and layers with states that no integers hold.
  void leave_to_float() {
    const std::set<NodeId> unbounded = unbounded_layers(*graph_, *statistics_);
    std::erase_if(plan_.nodes, [&](NodeId id) {
      const ir::AnyOp& op = graph_->node(id).op;
      return unbounded.contains(id) || (dtype() == DType::kI16 && (op.is<ops::Softmax>() || !has_int16_form(op)));
    });
    plan_.nodes = without_stranded_movements(*graph_, plan_.nodes);
  }

  Status plan_activations() {
    for (const std::vector<ValueId>& tensors : tensors_by_scale(*graph_, plan_.nodes)) {
      if (const auto state = recurrent_->activation(tensors)) {
        for (const ValueId id : tensors) plan_.activations[id] = *state;
        continue;
      }
      const RealRange padded = constants_of(tensors), held = recurrent_->held(tensors);
      TMC_ASSIGN(const Quantization shared,
                 parameters(tensors, {std::min(padded.min, held.min), std::max(padded.max, held.max)}));
      for (const ValueId id : tensors) plan_.activations[id] = {shared, dtype()};
    }
    return {};
  }

  // What is put around these tensors, and the tables that they are read from.
  RealRange constants_of(const std::vector<ValueId>& tensors) const {
    RealRange range{};
    const auto hold = [&](double value) {
      if (std::isfinite(value)) range = {std::min(range.min, value), std::max(range.max, value)};
    };
    for (const ValueId id : tensors) {
      const NodeId producer = graph_->value(id).producer;
      if (producer == NodeId::kNone || std::ranges::find(plan_.nodes, producer) == plan_.nodes.end()) continue;
      const Node& node = graph_->node(producer);
      if (const auto* pad = node.op.get_if<ops::Pad>()) hold(pad->value);
      const ValueId table = table_of(*graph_, node);
      if (table == ValueId::kNone) continue;
      for (const float value : graph_->value(table).data->to_vector<float>()) hold(value);
    }
    return range;
  }

  DType dtype() const { return scheme_->numbers.activations; }

  Result<Quantization> parameters(const std::vector<ValueId>& values, RealRange range) const {
    std::optional<Quantization> fixed;
    for (const ValueId id : values) {
      if (const auto known = fixed_parameters(*graph_, id, dtype())) {
        fixed = known;
        continue;
      }
      const auto seen = statistics_->find(graph_->value(id).name);
      if (seen == statistics_->end()) {
        return error(Error::kInternal, "tensor '{}' was not seen in calibration", graph_->value(id).name);
      }
      const RealRange chosen = choose_range(seen->second, ranges());
      range = {std::min(range.min, chosen.min), std::max(range.max, chosen.max)};
    }
    if (fixed) {
      const auto scale = static_cast<double>(fixed->scale());
      const RealRange covered{scale * (dtype_min(dtype()) - fixed->zero_point()),
                              scale * (dtype_max(dtype()) - fixed->zero_point())};
      if (range.min >= covered.min && range.max <= covered.max) return *fixed;
      range = {std::min(range.min, covered.min), std::max(range.max, covered.max)};
    }
    return integer_parameters(range, dtype(), ranges().symmetric);
  }

  RangeOptions ranges() const {
    return dtype() == DType::kI16 ? RangeOptions{.method = RangeMethod::kMinMax, .symmetric = true} : scheme_->ranges;
  }

  void plan_constants(const Node& node) {
    const IntegerForm form = integer_form(node.op);
    if (form == IntegerForm::kLayer) return plan_weights(node);
    if (form == IntegerForm::kRecurrent) return recurrent_->plan_constants(node, plan_);
    if (const ValueId table = table_of(*graph_, node); table != ValueId::kNone) {
      // In the scale of what is read from it.
      const Quantization& read = plan_.activations.at(node.outputs[0]).quantization;
      plan_.constants.try_emplace(table,
                                  rounded_constant(graph_->value(table).data->to_vector<float>(), read, dtype()));
    }
    if (form == IntegerForm::kDataMovement || form == IntegerForm::kWithConstants) return;
    for (const ValueId input : quantized_inputs(node)) {
      if (input == ValueId::kNone || is_activation(*graph_, input)) continue;
      const ir::Value& constant = graph_->value(input);
      // Lowering gives a single number a scale of its own.
      if (form == IntegerForm::kArithmetic && constant.type.shape.elements() == 1) continue;
      const std::vector<float> values = constant.data->to_vector<float>();
      const auto [low, high] = std::ranges::minmax(values);
      plan_.constants[input] =
          rounded_constant(values, integer_parameters({low, high}, dtype(), ranges().symmetric), dtype());
    }
  }

  // The least scale that leaves the channel's bias room in 32 bits.
  static float least_scale(float bias, float input_scale) {
    constexpr float kMostBias = 0x1p30F;
    return std::abs(bias) / kMostBias / input_scale;
  }

  // In 16 bits: with it a step of the input takes the output to its end already where the weight is large. Corrections
  // may leave a channel without use weights beyond, whose sums kernels could not rescale.
  float greatest_scale(const Node& layer) const {
    if (plan_.activations.at(layer.inputs[0]).dtype != DType::kI16) return std::numeric_limits<float>::infinity();
    const auto scale = [&](ValueId id) { return plan_.activations.at(id).quantization.scale(); };
    return 0x1p10F * scale(layer.outputs[0]) / scale(layer.inputs[0]);
  }

  // That takes the channel's largest weight to 127.
  static float eight_bit_scale(std::span<const float> weights) {
    float most = 0;
    for (const float weight : weights) most = std::max(most, std::abs(weight));
    return most / static_cast<float>(kMostEightBit);
  }

  void plan_weights(const Node& layer) {
    const ValueId id = layer.inputs[1];
    const ir::Value& value = graph_->value(id);
    const std::vector<float> weights = value.data->to_vector<float>();
    const auto channels = static_cast<size_t>(value.type.shape[0]);
    std::vector<float> bias(channels);
    if (layer.inputs.size() > 2 && layer.inputs[2] != ValueId::kNone) {
      bias = graph_->value(layer.inputs[2]).data->to_vector<float>();
    }
    const WeightForm form = scheme_->numbers.weights;
    const bool four_bit = form.bits == 4 && takes_four_bits(*graph_, layer);
    const size_t inputs = weights.size() / channels;
    const auto group = static_cast<size_t>(form.group_inputs);
    const size_t group_inputs = group == 0 ? inputs : group;
    const float input_scale = plan_.activations.at(layer.inputs[0]).quantization.scale();
    const float greatest = greatest_scale(layer);
    Quantization quantization;
    for (size_t channel = 0; channel < channels; ++channel) {
      const auto row = std::span(weights).subspan(channel * inputs, inputs);
      const float wanted = four_bit ? four_bit_scale(row, group_inputs) : eight_bit_scale(row);
      const float scale = std::min(std::max(wanted, least_scale(bias[channel], input_scale)), greatest);
      quantization.scales.push_back(scale >= std::numeric_limits<float>::min() ? scale : 1);
    }
    if (scheme_->per_channel_weights) {
      quantization.zero_points.assign(channels, 0);
      quantization.axis = 0;
    } else {
      quantization = Quantization::per_tensor(std::ranges::max(quantization.scales), 0);
    }
    IntegerConstant& constant = plan_.constants[id];
    if (!four_bit) {
      constant = rounded_constant(weights, quantization, DType::kI8);
      return;
    }
    constant = {.integers = {}, .quantization = quantization, .form = form};
    for (size_t first = 0; first < weights.size(); first += inputs) {
      const float scale = quantization.scale(channel_of(quantization, first, weights.size()));
      const FourBitChannel row = round_four_bit(std::span(weights).subspan(first, inputs), group_inputs, scale);
      constant.integers.insert(constant.integers.end(), row.products.begin(), row.products.end());
      constant.steps.insert(constant.steps.end(), row.steps.begin(), row.steps.end());
    }
  }

  const Graph* graph_;
  const Statistics* statistics_;
  const Scheme* scheme_;
  std::optional<RecurrentScheme> recurrent_;
  Plan plan_;
};

}  // namespace

IntegerConstant rounded_constant(const std::vector<float>& reals, const Quantization& quantization, DType dtype) {
  IntegerConstant constant = {.integers = {}, .quantization = quantization, .dtype = dtype};
  const bool is_symmetric =
      std::ranges::all_of(quantization.zero_points, [](int32_t zero_point) { return zero_point == 0; });
  const auto most = static_cast<float>(dtype_max(dtype));
  const float low = is_symmetric ? -most : -most - 1;
  for (size_t i = 0; i < reals.size(); ++i) {
    const size_t channel = channel_of(quantization, i, reals.size());
    const float integer =
        std::nearbyint(reals[i] / quantization.scale(channel)) + static_cast<float>(quantization.zero_point(channel));
    constant.integers.push_back(static_cast<int16_t>(std::clamp(integer, low, most)));
  }
  return constant;
}

std::string to_string(const WeightForm& form) {
  return fmt::format("int{}", form.bits) + (form.group_inputs > 0 ? fmt::format(":{}", form.group_inputs) : "");
}

std::string to_string(const Numbers& numbers) {
  return numbers.activations == DType::kI16 ? fmt::format("int16x{}", numbers.weights.bits)
                                            : to_string(numbers.weights);
}

Result<Numbers> parse_numbers(std::string_view text) {
  constexpr Numbers kNumbers[] = {{{8, 0}}, {{4, 0}}, {{4, 32}}, {{4, 64}}, {{8, 0}, DType::kI16}};
  const auto found = std::ranges::find(kNumbers, text, [](const Numbers& numbers) { return to_string(numbers); });
  if (found != std::end(kNumbers)) return *found;
  return error(Error::kBadUsage, "there is no scheme '{}'", text)
      .with_hint("use int8, int16x8, int4, int4:32 or int4:64");
}

std::vector<std::vector<ValueId>> tensors_by_scale(const Graph& graph, const std::vector<NodeId>& nodes) {
  Groups groups;
  std::set<ValueId> activations, states;
  const auto is_state = [&](ValueId id) {
    return std::ranges::any_of(states, [&](ValueId state) { return groups.of(state) == groups.of(id); });
  };
  for (const NodeId id : nodes) {
    const Node& node = graph.node(id);
    const IntegerForm form = integer_form(node.op);
    if (form == IntegerForm::kRecurrent) states.insert(node.outputs.begin(), node.outputs.end());
    const auto moved = std::ranges::count_if(node.inputs, is_state);
    const bool is_mixture = moved > 0 && moved < std::ssize(node.inputs);
    const bool shares = form == IntegerForm::kDataMovement && !ir::clamp_range(node.op) && !is_mixture;
    activations.insert(node.outputs.begin(), node.outputs.end());
    for (const ValueId input : quantized_inputs(node)) {
      if (!is_activation(graph, input)) continue;
      activations.insert(input);
      if (shares) groups.join(input, node.outputs[0]);
    }
  }
  std::map<ValueId, std::vector<ValueId>> members;
  for (const ValueId id : activations) members[groups.of(id)].push_back(id);
  std::vector<std::vector<ValueId>> tensors;
  for (auto& [representative, values] : members) tensors.push_back(std::move(values));
  return tensors;
}

size_t channel_of(const Quantization& quantization, size_t index, size_t elements) {
  return quantization.per_axis() ? index / (elements / quantization.scales.size()) : 0;
}

Result<Plan> make_plan(const Graph& graph, const Statistics& statistics, const Scheme& scheme) {
  return Planner(graph, statistics, scheme).make();
}

}  // namespace tmc::quant
