// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/insert_pairs.hpp"

#include <algorithm>

#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

class Inserter {
 public:
  Inserter(Graph& graph, const Plan& plan)
      : graph_(&graph), plan_(&plan), integer_(plan.nodes.begin(), plan.nodes.end()) {}

  Status run() {
    for (const auto& [id, activation] : plan_->activations) TMC_TRY(wrap_activation(id, activation));
    for (const auto& [id, constant] : plan_->constants) TMC_TRY(wrap_constant(id, constant));
    return {};
  }

 private:
  Result<ValueId> make(NodeId before, const std::string& name, const ir::AnyOp& op, ValueId input,
                       const Quantization& quantization = {}) {
    return before == NodeId::kNone ? graph_->append(name, op, {input}, quantization)
                                   : graph_->insert(before, name, op, {input}, quantization);
  }

  Status wrap_activation(ValueId real, const IntegerActivation& activation) {
    const bool is_made_of_integers = integer_.contains(graph_->value(real).producer);
    const std::vector<NodeId> users = graph_->users(real);
    if (!is_made_of_integers && std::ranges::none_of(users, [&](NodeId user) { return integer_.contains(user); })) {
      return {};
    }
    const NodeId before = users.empty() ? NodeId::kNone : users.front();
    const std::string name = graph_->value(real).name;
    TMC_ASSIGN(const ValueId integers,
               make(before, name + kQuantizedSuffix, ops::Quantize{.dtype = activation.dtype, .ties_to_even = true},
                    real, activation.quantization));
    TMC_ASSIGN(const ValueId again, make(before, name + "_dequantized", ops::Dequantize{}, integers));
    for (const NodeId user : users) {
      if (is_made_of_integers || integer_.contains(user)) std::ranges::replace(graph_->node(user).inputs, real, again);
    }
    if (is_made_of_integers) move_outputs(real, again);
    return {};
  }

  void move_outputs(ValueId from, ValueId to) {
    if (!graph_->is_output(from)) return;
    std::swap(graph_->value(from).name, graph_->value(to).name);
    for (size_t i = 0; i < graph_->outputs().size(); ++i) {
      if (graph_->outputs()[i] == from) graph_->set_output(i, to);
    }
  }

  Status wrap_constant(ValueId real, const IntegerConstant& constant) {
    const ir::Value value = graph_->value(real);
    std::vector<NodeId> users = graph_->users(real);
    std::erase_if(users, [&](NodeId user) { return !integer_.contains(user); });
    if (users.empty()) return {};
    const ValueId integers = graph_->add_constant(value.name + kQuantizedSuffix, {constant.dtype, value.type.shape},
                                                  integers_of(constant), constant.quantization);
    TMC_ASSIGN(const ValueId again, make(users.front(), value.name + "_dequantized", ops::Dequantize{}, integers));
    for (const NodeId user : users) std::ranges::replace(graph_->node(user).inputs, real, again);
    graph_->erase_unused(real);
    return {};
  }

  static ir::TensorData integers_of(const IntegerConstant& constant) {
    if (constant.dtype == DType::kI16) return ir::TensorData::of<int16_t>(constant.integers);
    const std::vector<int8_t> narrow(constant.integers.begin(), constant.integers.end());
    return ir::TensorData::of<int8_t>(narrow);
  }

  Graph* graph_;
  const Plan* plan_;
  std::set<NodeId> integer_;
};

}  // namespace

Status insert_pairs(Graph& graph, const Plan& plan) {
  return Inserter(graph, plan).run();
}

}  // namespace tmc::quant
