// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/mixed.hpp"

#include <algorithm>

#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/repair/layer_constants.hpp"
#include "tmc/quant/scheme/insert_pairs.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;

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
                      .kept_float = alternatives.kept_float(reliefs),
                      .eight_bit = alternatives.eight_bit(reliefs),
                      .snr_db = verdict.noise.snr_db(),
                      .flash_bytes = cost.flash_bytes,
                      .instructions = cost.instructions,
                      .fits = cost.fits};
  point.drop = inputs.labels.empty() ? 1 - verdict.share(verdict.agree)
                                     : verdict.share(verdict.float_right) - verdict.share(verdict.right);
  return point;
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
  less.nodes = without_stranded_movers(graph, less.nodes);
  return less;
}

Mixture Alternatives::relieved(std::span<const Relief> reliefs) const {
  Mixture mixture{work_->graph, work_->plan};
  std::set<NodeId> floats;
  for (const auto& [id, to_float] : reliefs) {
    if (to_float) {
      floats.insert(id);
      continue;
    }
    const std::vector<ir::ValueId> inputs = work_->graph.node(id).inputs;
    mixture.plan.constants[inputs[1]] = eight_bit_->plan.constants.at(inputs[1]);
    // Without what a repair took off it for the errors of four bits.
    if (inputs.size() > 2) replace_bias(mixture.graph, id, layer_bias(eight_bit_->graph, id));
  }
  mixture.plan = without_nodes(mixture.graph, mixture.plan, floats);
  return mixture;
}

std::vector<Relief> Alternatives::to_float() const {
  std::vector<Relief> reliefs;
  for (const NodeId id : work_->plan.nodes) {
    if (integer_form(work_->graph.node(id).op) != IntegerForm::kMover) reliefs.push_back({id, true});
  }
  return reliefs;
}

std::vector<Relief> Alternatives::to_eight_bit() const {
  std::vector<Relief> reliefs;
  for (const NodeId id : work_->plan.nodes) {
    const ir::Node& node = work_->graph.node(id);
    if (integer_form(node.op) != IntegerForm::kLayer) continue;
    if (work_->plan.constants.at(node.inputs[1]).form.bits == 4) reliefs.push_back({id, false});
  }
  return reliefs;
}

std::vector<std::string> Alternatives::kept_float(std::span<const Relief> reliefs) const {
  std::vector<std::string> names;
  for (const Relief& relief : reliefs) {
    if (relief.to_float) names.push_back(work_->graph.node(relief.node).name);
  }
  return names;
}

std::vector<std::string> Alternatives::eight_bit(std::span<const Relief> reliefs) const {
  std::vector<std::string> names;
  for (const Relief& relief : reliefs) {
    const bool is_float =
        std::ranges::any_of(reliefs, [&](const Relief& other) { return other.to_float && other.node == relief.node; });
    if (!is_float) names.push_back(work_->graph.node(relief.node).name);
  }
  return names;
}

Result<std::vector<Relief>> by_sensitivity(const Alternatives& alternatives, std::vector<Relief> reliefs, Session& real,
                                           const QuantizeInputs& inputs, const Judge& judge) {
  std::vector<int64_t> rows;
  for (const int64_t at : spread_rows(static_cast<int64_t>(judge.rows().size()), kSensitivityRows)) {
    rows.push_back(judge.rows()[static_cast<size_t>(at)]);
  }
  TMC_ASSIGN(const Judge quick,
             Judge::create(real, *inputs.rows, std::move(rows), judged_values(alternatives.work().graph)));
  std::map<NodeId, double> errors;  // of the outputs with this relief alone
  for (const Relief& relief : reliefs) {
    const Mixture mixture = alternatives.relieved({&relief, 1});
    TMC_ASSIGN(const auto session, open_quantized(mixture.graph, mixture.plan, *inputs.runner));
    TMC_ASSIGN(const Verdict verdict, quick.judge(*session));
    errors[relief.node] = verdict.noise.relative();
    inputs.progress("measuring what each layer costs", static_cast<int64_t>(errors.size()),
                    static_cast<int64_t>(reliefs.size()));
  }
  std::ranges::stable_sort(reliefs, {}, [&](const Relief& relief) { return errors.at(relief.node); });
  return reliefs;
}

Result<std::vector<FrontierPoint>> find_frontier(const Alternatives& alternatives, const std::vector<Relief>& reliefs,
                                                 const QuantizeInputs& inputs, const Judge& judge, double max_drop) {
  std::vector<FrontierPoint> points;
  const std::vector<size_t> counts = frontier_counts(reliefs.size());
  for (const size_t count : counts) {
    TMC_ASSIGN(FrontierPoint point, price(alternatives, std::span(reliefs).first(count), inputs, judge));
    points.push_back(std::move(point));
    inputs.progress("looking for a mixture", static_cast<int64_t>(points.size()), static_cast<int64_t>(counts.size()));
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
