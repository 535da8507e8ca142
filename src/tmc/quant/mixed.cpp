// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/mixed.hpp"

#include <algorithm>

#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/scheme/insert_pairs.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;
using ir::ValueId;

// Numbers of reliefs that are tried: every one at first, then ever fewer of them.
std::vector<size_t> frontier_counts(size_t reliefs) {
  std::vector<size_t> counts;
  for (size_t count = 0; count < reliefs; count += std::max<size_t>(1, count / 3)) counts.push_back(count);
  counts.push_back(reliefs);
  return counts;
}

bool takes_fewer_instructions(const FrontierPoint& a, const FrontierPoint& b) {
  if (a.instructions != b.instructions) return a.instructions < b.instructions;
  return a.flash_bytes < b.flash_bytes;
}

bool takes_less_flash(const FrontierPoint& a, const FrontierPoint& b) {
  if (a.flash_bytes != b.flash_bytes) return a.flash_bytes < b.flash_bytes;
  return a.instructions < b.instructions;
}

Result<FrontierPoint> price(const Alternatives& alternatives, std::span<const Relief> reliefs,
                            const QuantizeInputs& inputs, const Judge& judge) {
  Mixture mixture = alternatives.relieved(reliefs);
  TMC_TRY(insert_pairs(mixture.graph, mixture.plan));
  TMC_ASSIGN(const auto session, inputs.runner->open(mixture.graph));
  TMC_ASSIGN(const Verdict verdict, judge.judge(*session, inputs.labels));
  TMC_ASSIGN(const GraphCost cost, inputs.cost(mixture.graph));
  FrontierPoint point{.reliefs = reliefs.size(),
                      .snr_db = verdict.noise.snr_db(),
                      .flash_bytes = cost.flash_bytes,
                      .instructions = cost.instructions,
                      .fits = cost.fits};
  name_reliefs(alternatives.work().graph, reliefs, point);
  point.drop = inputs.labels.empty() ? 1 - verdict.share(verdict.agree)
                                     : verdict.share(verdict.float_right) - verdict.share(verdict.right);
  return point;
}

// Whether it reads or makes a tensor of 16 bits: the other integers are then widened for it.
bool computes_on_sixteen_bits(const ir::Node& node, const Plan& plan) {
  const auto is_wide = [&](ir::ValueId id) {
    const auto found = plan.activations.find(id);
    return found != plan.activations.end() && found->second.dtype == DType::kI16;
  };
  return std::ranges::any_of(node.inputs, is_wide) || std::ranges::any_of(node.outputs, is_wide);
}

}  // namespace

Result<std::unique_ptr<Session>> open_quantized(const ir::Graph& graph, const Plan& plan, Runner& runner) {
  ir::Graph paired = graph;
  TMC_TRY(insert_pairs(paired, plan));
  return runner.open(paired);
}

Plan without_nodes(const ir::Graph& graph, const Plan& plan, const std::set<NodeId>& nodes) {
  Plan less = plan;
  std::erase_if(less.nodes, [&](NodeId id) { return nodes.contains(id); });
  less.nodes = without_stranded_movements(graph, less.nodes);
  return less;
}

Mixture Alternatives::relieved(std::span<const Relief> reliefs) const {
  Mixture mixture{work_->graph, work_->plan};
  std::set<NodeId> floats;
  for (const Relief& relief : reliefs) {
    if (relief.kind == ReliefKind::kFloat) floats.insert(relief.node);
    if (relief.kind == ReliefKind::kEightBitWeights) give_eight_bits(mixture, relief.node);
    for (const ValueId tensor : relief.tensors) {
      mixture.plan.activations[tensor] = sixteen_bit_->activations.at(tensor);
    }
  }
  mixture.plan = without_nodes(mixture.graph, mixture.plan, floats);
  fit_constants(mixture);
  return mixture;
}

void Alternatives::give_eight_bits(Mixture& mixture, NodeId layer) const {
  const std::vector<ValueId> inputs = work_->graph.node(layer).inputs;
  mixture.plan.constants[inputs[1]] = eight_bit_->plan.constants.at(inputs[1]);
  // Without what a correction took off it for the errors of four bits.
  if (inputs.size() > 2) replace_bias(mixture.graph, layer, layer_bias(eight_bit_->graph, layer));
}

// Operators on 16 bits take weights of eight bits, at the scales that bias and sums want with activations of small
// scales, and other constants of 16.
void Alternatives::fit_constants(Mixture& mixture) const {
  for (const NodeId id : mixture.plan.nodes) {
    const ir::Node node = mixture.graph.node(id);
    // Recurrent layers have states of 16 bits beside weights of eight, and read what is wider as eight bits.
    if (!computes_on_sixteen_bits(node, mixture.plan) || recurrent_layer(node.op)) continue;
    for (const ValueId input : node.inputs) {
      const auto constant = mixture.plan.constants.find(input);
      if (constant == mixture.plan.constants.end()) continue;
      const IntegerConstant& sixteen_bit = sixteen_bit_->constants.at(input);
      if (constant->second.form.bits == 4) give_eight_bits(mixture, id);
      const bool is_weights = integer_form(node.op) == IntegerForm::kLayer;
      const bool wants_other_scales = sixteen_bit.quantization != constant->second.quantization;
      if (!is_weights || wants_other_scales) constant->second = sixteen_bit;
    }
  }
}

std::vector<Relief> Alternatives::to_float() const {
  std::vector<Relief> reliefs;
  for (const NodeId id : work_->plan.nodes) {
    if (integer_form(work_->graph.node(id).op) != IntegerForm::kDataMovement)
      reliefs.push_back({ReliefKind::kFloat, id});
  }
  return reliefs;
}

std::vector<Relief> Alternatives::to_eight_bit() const {
  std::vector<Relief> reliefs;
  for (const NodeId id : work_->plan.nodes) {
    const ir::Node& node = work_->graph.node(id);
    if (integer_form(node.op) != IntegerForm::kLayer) continue;
    if (work_->plan.constants.at(node.inputs[1]).form.bits == 4) {
      reliefs.push_back({ReliefKind::kEightBitWeights, id});
    }
  }
  return reliefs;
}

std::vector<Relief> Alternatives::to_sixteen_bit() const {
  std::vector<Relief> reliefs;
  for (std::vector<ValueId>& tensors : tensors_by_scale(work_->graph, work_->plan.nodes)) {
    const auto can = sixteen_bit_->activations.find(tensors.front());
    if (can == sixteen_bit_->activations.end() || work_->plan.activations.at(can->first).dtype == DType::kI16) continue;
    reliefs.push_back({ReliefKind::kSixteenBitTensors, NodeId::kNone, std::move(tensors)});
  }
  return reliefs;
}

Result<std::vector<Relief>> by_sensitivity(const Alternatives& alternatives, std::vector<Relief> reliefs, Session& real,
                                           const QuantizeInputs& inputs, const Judge& judge) {
  std::vector<int64_t> rows;
  for (const int64_t at : spread_rows(static_cast<int64_t>(judge.rows().size()), kSensitivityRows)) {
    rows.push_back(judge.rows()[static_cast<size_t>(at)]);
  }
  TMC_ASSIGN(const Judge quick,
             Judge::create(real, *inputs.rows, std::move(rows), judged_values(alternatives.work().graph)));
  std::vector<std::pair<double, Relief>> errors;  // of the outputs with this relief alone
  for (Relief& relief : reliefs) {
    const Mixture mixture = alternatives.relieved({&relief, 1});
    TMC_ASSIGN(const auto session, open_quantized(mixture.graph, mixture.plan, *inputs.runner));
    TMC_ASSIGN(const Verdict verdict, quick.judge(*session));
    errors.emplace_back(verdict.noise.relative(), std::move(relief));
    inputs.progress("measuring what each layer costs", static_cast<int64_t>(errors.size()),
                    static_cast<int64_t>(reliefs.size()));
  }
  std::ranges::stable_sort(errors, {}, &std::pair<double, Relief>::first);
  std::ranges::transform(errors, reliefs.begin(), [](auto& error) { return std::move(error.second); });
  return reliefs;
}

std::vector<Relief> ReliefPaths::reliefs(const FrontierPoint& point) const {
  std::vector<Relief> path = first;
  if (point.reliefs > first.size()) path.insert(path.end(), ways[point.way].begin(), ways[point.way].end());
  path.resize(point.reliefs);
  return path;
}

Result<std::vector<FrontierPoint>> find_frontier(const Alternatives& alternatives, const ReliefPaths& paths,
                                                 const QuantizeInputs& inputs, const Judge& judge, double max_drop) {
  std::vector<FrontierPoint> waiting;
  for (size_t way = 0; way < paths.ways.size(); ++way) {
    for (const size_t count : frontier_counts(paths.first.size() + paths.ways[way].size())) {
      if (way == 0 || count > paths.first.size()) waiting.push_back({.reliefs = count, .way = way});
    }
  }
  std::vector<FrontierPoint> points;
  for (const FrontierPoint& next : waiting) {
    TMC_ASSIGN(FrontierPoint point, price(alternatives, paths.reliefs(next), inputs, judge));
    point.way = next.way;
    points.push_back(std::move(point));
    inputs.progress("looking for a mixture", static_cast<int64_t>(points.size()), static_cast<int64_t>(waiting.size()));
  }
  const auto is_cheaper = alternatives.to_eight_bit().empty() ? takes_fewer_instructions : takes_less_flash;
  FrontierPoint* best = nullptr;
  for (FrontierPoint& point : points) {
    if (!point.fits || point.drop > max_drop) continue;
    if (best == nullptr || is_cheaper(point, *best)) best = &point;
  }
  if (best != nullptr) best->chosen = true;
  return points;
}

}  // namespace tmc::quant
