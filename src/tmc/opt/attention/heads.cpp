// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/heads.hpp"

#include <algorithm>
#include <set>

namespace tmc::opt {

std::optional<Operand> operand_of(const Seen& seen, const Shape& shape, const Shape& lead, bool turned) {
  const int64_t own = shape.elements(0, shape.rank() - 2);
  const int64_t extents[] = {own, shape.back(1), shape.back()};
  const auto groups = grouped(seen.view.factors, extents);
  if (!groups) return std::nullopt;
  Shape own_lead;
  for (int axis = 0; axis < shape.rank() - 2; ++axis) own_lead.push_back(shape[axis]);
  const auto wide = compose({(*groups)[0], 0}, broadcasting(own_lead, lead));
  if (!wide) return std::nullopt;
  Operand operand{seen.source, seen.view.offset, wide->factors, (*groups)[1], (*groups)[2]};
  if (turned) std::swap(operand.rows, operand.elements);
  return operand;
}

bool align(std::span<Operand* const> operands) {
  // Where any of them has a border between digits, counted in elements within it.
  std::set<int64_t> borders;
  for (const Operand* operand : operands) {
    int64_t within = 1;
    for (size_t at = operand->lead.size(); at-- > 0;) {
      within *= operand->lead[at].extent;
      borders.insert(within);
    }
  }
  std::vector<int64_t> extents;
  int64_t before = 1;
  for (const int64_t border : borders) {
    if (border % before != 0) return false;
    extents.insert(extents.begin(), border / before);
    before = border;
  }
  return std::ranges::all_of(operands, [&](Operand* operand) {
    const auto groups = grouped(operand->lead, extents);
    if (!groups) return false;
    operand->lead.clear();
    for (const Factors& group : *groups) operand->lead.insert(operand->lead.end(), group.begin(), group.end());
    return operand->lead.size() == extents.size();
  });
}

namespace {

bool repeats(const Factor& factor) {
  return factor.stride == 0 && factor.extent > 1;
}

// [batches, rows, heads, elements], of which heads that are repeated are left out.
View side_by_side(const Operand& operand, size_t split) {
  View view{{}, operand.offset};
  const auto put = [&](std::span<const Factor> factors) {
    view.factors.insert(view.factors.end(), factors.begin(), factors.end());
  };
  put(std::span(operand.lead).first(split));
  put(operand.rows);
  for (const Factor& head : std::span(operand.lead).subspan(split)) {
    if (!repeats(head)) put({&head, 1});
  }
  put(operand.elements);
  view.factors = merged(view.factors);
  return view;
}

// The heads of keys and values: those of queries without the innermost ones, over which both repeat. 0 where they are
// repeated in another way, which is that of no operator.
int64_t shared_heads(std::span<Operand* const> operands, size_t split) {
  int64_t heads = 1;
  bool inner = false;
  for (size_t at = split; at < operands[0]->lead.size(); ++at) {
    const bool key = repeats(operands[1]->lead[at]), value = repeats(operands[2]->lead[at]);
    if (key != value || repeats(operands[0]->lead[at]) || (inner && !key)) return 0;
    inner = key;
    if (!key) heads *= operands[0]->lead[at].extent;
  }
  return heads;
}

}  // namespace

std::optional<Heads> choose_heads(const ir::Graph& graph, std::span<Operand* const> operands) {
  std::optional<Heads> best;
  int best_cost = 0;
  const Factors& lead = operands[0]->lead;
  for (size_t split = 0; split <= lead.size(); ++split) {
    Heads heads{1, 1, shared_heads(operands, split), split, {}};
    if (heads.kv_heads == 0) continue;
    for (size_t at = 0; at < lead.size(); ++at) (at < split ? heads.batch : heads.heads) *= lead[at].extent;
    int cost = 0;
    for (const Operand* operand : operands) {
      const std::optional<Moves> moves =
          moves_for(side_by_side(*operand, split), graph.value(operand->source).type.shape.elements());
      if (!moves) break;
      cost += (moves->transposes ? 2 : 0) + (moves->repeats ? 1 : 0);
      heads.moves.push_back(*moves);
    }
    if (heads.moves.size() != operands.size() || (best && cost >= best_cost)) continue;
    best_cost = cost;
    best = std::move(heads);
  }
  return best;
}

View view_of_result(std::span<const Factor> lead, const Heads& heads, int64_t rows, int64_t size) {
  View view;
  int64_t batch_stride = heads.batch * rows * heads.heads * size, head_stride = heads.heads * size;
  for (size_t at = 0; at < lead.size(); ++at) {
    int64_t& stride = at < heads.split ? batch_stride : head_stride;
    stride /= lead[at].extent;
    view.factors.push_back({lead[at].extent, stride});
  }
  view.factors.push_back({rows, heads.heads * size});
  view.factors.push_back({size, 1});
  view.factors = merged(view.factors);
  return view;
}

}  // namespace tmc::opt
