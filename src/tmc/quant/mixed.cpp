// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/mixed.hpp"

#include <algorithm>

#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/scheme/insert_pairs.hpp"

namespace tmc::quant {
namespace {

using ir::NodeId;

// Numbers of nodes in float that are tried: every one at first, then ever fewer of them.
std::vector<size_t> frontier_counts(size_t nodes) {
  std::vector<size_t> counts;
  for (size_t count = 0; count < nodes; count += std::max<size_t>(1, count / 3)) counts.push_back(count);
  counts.push_back(nodes);
  return counts;
}

bool is_cheaper(const FrontierPoint& a, const FrontierPoint& b) {
  if (a.instructions != b.instructions) return a.instructions < b.instructions;
  return a.flash_bytes < b.flash_bytes;
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

Result<std::vector<NodeId>> by_sensitivity(const Work& work, Session& real, const QuantizeInputs& inputs,
                                           const Judge& judge) {
  std::vector<int64_t> rows;
  for (const int64_t at : spread_rows(static_cast<int64_t>(judge.rows().size()), kSensitivityRows)) {
    rows.push_back(judge.rows()[static_cast<size_t>(at)]);
  }
  TMC_ASSIGN(const Judge quick, Judge::create(real, *inputs.rows, std::move(rows), judged_values(work.graph)));
  struct Candidate {
    NodeId id;
    double error;  // of the outputs with this node alone in float
  };
  std::vector<Candidate> candidates;
  for (const NodeId id : work.plan.nodes) {
    if (integer_form(work.graph.node(id).op) != IntegerForm::kMover) candidates.push_back({id, 0});
  }
  int64_t done = 0;
  for (Candidate& candidate : candidates) {
    const Plan plan = without_nodes(work.graph, work.plan, {candidate.id});
    TMC_ASSIGN(const auto session, open_quantized(work.graph, plan, *inputs.runner));
    TMC_ASSIGN(const Verdict verdict, quick.judge(*session));
    candidate.error = verdict.noise.relative();
    inputs.progress("measuring what each layer costs", ++done, static_cast<int64_t>(candidates.size()));
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::error);
  std::vector<NodeId> ranked;
  for (const Candidate& candidate : candidates) ranked.push_back(candidate.id);
  return ranked;
}

Result<std::vector<FrontierPoint>> find_frontier(const Work& work, const std::vector<NodeId>& ranked,
                                                 const QuantizeInputs& inputs, const Judge& judge, double max_drop) {
  std::vector<FrontierPoint> points;
  const std::vector<size_t> counts = frontier_counts(ranked.size());
  for (const size_t count : counts) {
    const std::set<NodeId> floats(ranked.begin(), ranked.begin() + static_cast<int64_t>(count));
    ir::Graph paired = work.graph;
    TMC_TRY(insert_pairs(paired, without_nodes(work.graph, work.plan, floats)));
    TMC_ASSIGN(const auto session, inputs.runner->open(paired));
    TMC_ASSIGN(const Verdict verdict, judge.judge(*session, inputs.labels));
    TMC_ASSIGN(const GraphCost cost, inputs.cost(paired));
    FrontierPoint point{.kept_float = {},
                        .snr_db = verdict.noise.snr_db(),
                        .flash_bytes = cost.flash_bytes,
                        .instructions = cost.instructions,
                        .fits = cost.fits};
    point.drop = inputs.labels.empty() ? 1 - verdict.share(verdict.agree)
                                       : verdict.share(verdict.float_right) - verdict.share(verdict.right);
    for (size_t i = 0; i < count; ++i) point.kept_float.push_back(work.graph.node(ranked[i]).name);
    points.push_back(std::move(point));
    inputs.progress("looking for a mixture", static_cast<int64_t>(points.size()), static_cast<int64_t>(counts.size()));
  }
  FrontierPoint* best = nullptr;
  for (FrontierPoint& point : points) {
    if (!point.fits || point.drop > max_drop) continue;
    if (best == nullptr || is_cheaper(point, *best)) best = &point;
  }
  if (best != nullptr) best->chosen = true;
  return points;
}

}  // namespace tmc::quant
