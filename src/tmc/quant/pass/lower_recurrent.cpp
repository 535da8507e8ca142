// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Float lstm, gru and rnn between dequantize and quantize nodes become layers of integers (ops/recurrent.hpp): int8
// input and weights, int32 biases, states of int8 or int16 in the scale of those that the layer begins with. An int16
// input is read as int8. Weights have one scale or one for each gate; wide states, which have zero point 0, a scale
// that is a power of two, but for ReLU. What is not so stays float.

#include <algorithm>

#include "tmc/base/host/power_of_two.hpp"
#include "tmc/ops/op/gru.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/requantize.hpp"
#include "tmc/ops/op/rnn.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/integer_weights.hpp"
#include "tmc/quant/passes.hpp"
#include "tmc/quant/qdq.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

constexpr int kLeastExponent = -15, kMostExponent = -9;

bool has_gate_scales(const ir::Value& weights, int64_t gates) {
  if (!weights.is_constant() || weights.type.dtype != DType::kI8 || weights.quantization.empty()) return false;
  const Quantization& q = weights.quantization;
  if (!std::ranges::all_of(q.zero_points, [](int32_t zero_point) { return zero_point == 0; })) return false;
  if (!q.per_axis()) return true;
  const auto units = q.scales.size() / static_cast<size_t>(gates);
  for (size_t i = 0; i < q.scales.size(); ++i) {
    if (q.scales[i] != q.scales[i / units * units]) return false;
  }
  return q.axis == 0;
}

bool is_wide_state(const ir::Value& value, bool has_any_scale) {
  if (value.type.dtype != DType::kI16 || !is_integer_activation(value)) return false;
  const std::optional<int> exponent = power_of_two_exponent(value.quantization.scale());
  return has_any_scale || (exponent && *exponent >= kLeastExponent && *exponent <= kMostExponent);
}

class RecurrentLowering {
 public:
  RecurrentLowering(Graph& graph, NodeId id)
      : graph_(graph), id_(id), node_(graph.node(id)), layer_(*recurrent_layer(node_.op)) {}

  Status run() {
    if (!read_operands() || !read_outputs()) return {};
    TMC_TRY(make_operands());
    return replace();
  }

 private:
  const ir::Value& value(ValueId id) const { return graph_.value(id); }

  bool read_operands() {
    inputs_ = node_.inputs;
    if (inputs_.size() > layer_.inputs()) return false;
    for (size_t i = 0; i < inputs_.size(); ++i) {
      const bool is_bias = i >= RecurrentLayer::kBias && i < layer_.first_state();
      if (is_bias) {
        if (inputs_[i] != ValueId::kNone && !value(inputs_[i]).is_constant()) return false;
        continue;
      }
      inputs_[i] = quantized_source(graph_, inputs_[i]);
      if (inputs_[i] == ValueId::kNone) return false;
    }
    if (!is_integer_activation(value(inputs_[0]))) return false;
    for (const size_t weights : {RecurrentLayer::kWeights, RecurrentLayer::kRecurrentWeights}) {
      if (!has_gate_scales(value(inputs_[weights]), layer_.form.gates)) return false;
    }
    for (size_t i = 0; i < layer_.form.states; ++i) {
      const ir::Value& state = value(inputs_[layer_.first_state() + i]);
      const bool has_any_scale = !layer_.bounded && layer_.form.states == 1;
      if (layer_.is_wide(i) ? !is_wide_state(state, has_any_scale) : !is_integer_activation(state)) return false;
    }
    return true;
  }

  // kNone for an output that nobody reads.
  bool read_outputs() {
    for (size_t i = 0; i < node_.outputs.size(); ++i) {
      const ValueId output = node_.outputs[i];
      const NodeId quantize = only_quantize(graph_, output);
      const bool is_read = graph_.is_output(output) || !graph_.users(output).empty();
      if (is_read && quantize == NodeId::kNone) return false;
      quantizes_.push_back(quantize);
      if (quantize == NodeId::kNone) continue;
      const ir::Value& integers = value(graph_.node(quantize).outputs[0]);
      if (!is_integer_activation(integers) || (i > 0 && integers.type.dtype != DType::kI16)) return false;
    }
    return true;
  }

  Status make_operands() {
    TMC_TRY(narrow(0));
    if (!layer_.is_wide(0)) TMC_TRY(narrow(layer_.first_state()));
    const float state_scale = value(inputs_[layer_.first_state()]).quantization.scale();
    const float scales[] = {value(inputs_[0]).quantization.scale(),
                            layer_.is_wide(0) ? ops::kStateStepsInProducts * state_scale : state_scale};
    for (size_t i = 0; i < layer_.form.biases; ++i) {
      ValueId& bias = inputs_[RecurrentLayer::kBias + i];
      if (bias == ValueId::kNone) continue;
      const Quantization weights = value(inputs_[RecurrentLayer::kWeights + i]).quantization;
      TMC_ASSIGN(bias, accumulator_bias(graph_, bias, scales[i], weights));
    }
    return {};
  }

  // An int16 operand as int8.
  Status narrow(size_t input) {
    const ir::Value wide = value(inputs_[input]);
    if (wide.type.dtype == DType::kI8) return {};
    const Quantization as_int8 = Quantization::per_tensor(ops::kStateStepsInProducts * wide.quantization.scale(), 0);
    TMC_ASSIGN(inputs_[input],
               graph_.insert(id_, wide.name + "_int8", ops::Requantize{DType::kI8}, {inputs_[input]}, as_int8));
    return {};
  }

  bool gives_wide(size_t output) const {
    return quantizes_[output] != NodeId::kNone &&
           value(graph_.node(quantizes_[output]).outputs[0]).type.dtype == DType::kI16;
  }

  ir::AnyOp integer_op() const {
    if (const auto* gru = node_.op.get_if<ops::Gru>()) {
      ops::Gru op = *gru;
      op.wide = gives_wide(0);
      return op;
    }
    if (const auto* rnn = node_.op.get_if<ops::Rnn>()) {
      ops::Rnn op = *rnn;
      op.wide = gives_wide(0);
      return op;
    }
    return node_.op;
  }

  Status replace() {
    const ir::AnyOp op = integer_op();
    TMC_ASSIGN(const std::vector<ir::TensorType> types, graph_.infer(op, inputs_));
    std::vector<ValueId> outputs;
    for (size_t i = 0; i < types.size(); ++i) {
      Quantization quantization = value(inputs_[layer_.first_state() + i]).quantization;
      if (quantizes_[i] != NodeId::kNone) {
        const ir::Value& integers = value(graph_.node(quantizes_[i]).outputs[0]);
        if (integers.type.dtype == types[i].dtype) quantization = integers.quantization;
      } else if (types[i].dtype != value(inputs_[layer_.first_state() + i]).type.dtype) {
        quantization = Quantization::per_tensor(ops::kStateStepsInProducts * quantization.scale(), 0);
      }
      outputs.push_back(graph_.add_value(value(node_.outputs[i]).name + "_integers", types[i], quantization));
    }
    graph_.insert_node(id_, node_.name, op, inputs_, outputs);
    for (size_t i = 0; i < outputs.size(); ++i) TMC_TRY(hand_over(outputs[i], quantizes_[i]));
    graph_.erase_node(id_);
    for (const ValueId input : node_.inputs) {
      if (input != ValueId::kNone) graph_.erase_unused(input);
    }
    return {};
  }

  // Readers of the quantize node read the integers, which take its name.
  Status hand_over(ValueId integers, NodeId quantize) {
    if (quantize == NodeId::kNone) return {};
    const ValueId old = graph_.node(quantize).outputs[0];
    if (value(old).type.dtype != value(integers).type.dtype) {
      return graph_
          .recompute(old, quantize, node_.name + "_int16", ops::Requantize{DType::kI16}, {integers},
                     value(old).quantization)
          .status();
    }
    const std::string name = value(old).name;
    graph_.replace_uses(old, integers);
    graph_.erase_node(quantize);
    graph_.name_as_in_file(integers, name);
    return {};
  }

  Graph& graph_;
  NodeId id_;
  ir::Node node_;
  RecurrentLayer layer_;
  std::vector<ValueId> inputs_;
  std::vector<NodeId> quantizes_;  // of the outputs
};

Status run_lower_recurrent(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (graph.node(id).erased || !recurrent_layer(graph.node(id).op)) continue;
    if (!dtype_is_float(graph.value(graph.node(id).inputs[0]).type.dtype)) continue;
    const std::string name = graph.node(id).name;
    const Status status = RecurrentLowering(graph, id).run();
    if (!status.ok()) return Status(status).at_node(name);
  }
  return {};
}

}  // namespace

extern const ir::Pass lower_recurrent;
const ir::Pass lower_recurrent = {"lower_recurrent",
                                  "Makes float lstm, gru and rnn between dequantize and quantize integer layers.",
                                  run_lower_recurrent};

}  // namespace tmc::quant
