// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/mask.hpp"

#include <algorithm>

#include "tmc/ops/op/where.hpp"
#include "tmc/opt/match.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// What is added to scores takes them out where it is below this: the exponential of the difference is 0.
constexpr double kHides = -1e4;
// Scores vanish beside this, so that a row that is hidden as a whole is even, added to or replaced.
constexpr double kSwallows = -1e9;

// A mask over [batch, heads, queries, keys], of which extents are 1 where it repeats.
struct Placed {
  MaskStep::Kind kind;
  double hidden;
  Seen seen;
  Shape shape;
  std::vector<float> numbers;  // of a constant
};

std::optional<Placed> place(const Graph& graph, const MaskStep& step, const ScoreAxes& axes) {
  const int64_t extents[] = {axes.batch, axes.heads, axes.queries, axes.keys};
  const auto groups = grouped(step.mask.view.factors, extents);
  if (!groups) return std::nullopt;
  Placed placed{step.kind, step.hidden, {step.mask.source, {{}, step.mask.view.offset}}, {}, {}};
  for (size_t group = 0; group < 4; ++group) {
    const bool repeats = std::ranges::all_of((*groups)[group], [](const Factor& f) { return f.stride == 0; });
    placed.shape.push_back(repeats ? 1 : extents[group]);
    Factors& factors = placed.seen.view.factors;
    if (!repeats) factors.insert(factors.end(), (*groups)[group].begin(), (*groups)[group].end());
  }
  placed.seen.view.factors = merged(placed.seen.view.factors);
  if (!moves_for(placed.seen.view, graph.value(step.mask.source).type.shape.elements())) return std::nullopt;
  return placed;
}

// Whether no row of truth values is false as a whole.
bool every_row_sees(const Placed& placed) {
  const auto keys = static_cast<size_t>(placed.shape[3]);
  for (size_t row = 0; row < placed.numbers.size(); row += keys) {
    const auto begin = placed.numbers.begin() + static_cast<ptrdiff_t>(row);
    if (std::all_of(begin, begin + static_cast<ptrdiff_t>(keys), [](float x) { return x == 0; })) return false;
  }
  return true;
}

// A sum of 0 and what hides is a choice, and so is one of where(c, 0, -inf).
void as_choice(const Graph& graph, Placed& placed) {
  if (placed.kind != MaskStep::kAdded) return;
  if (!placed.numbers.empty()) {
    const auto is_choice = [](float x) { return x == 0 || x <= kHides; };
    if (!std::ranges::all_of(placed.numbers, is_choice)) return;
    Placed choice = placed;
    choice.hidden = *std::ranges::min_element(placed.numbers);
    for (float& x : choice.numbers) x = x == 0 ? 1.0F : 0.0F;
    choice.kind = MaskStep::kSeenWhereTrue;
    if (every_row_sees(choice)) placed = std::move(choice);
    return;
  }
  const NodeId producer = graph.producer_if<ops::Where>(placed.seen.source);
  if (producer == NodeId::kNone) return;
  const ir::Node& choice = graph.node(producer);
  const std::optional<double> yes = number(graph, choice.inputs[1]), no = number(graph, choice.inputs[2]);
  const auto is = [&](std::optional<double> a, std::optional<double> b) {
    return a == 0.0 && b && std::isinf(*b) && *b < 0;
  };
  const Shape& condition = graph.value(choice.inputs[0]).type.shape;
  if ((!is(yes, no) && !is(no, yes)) || condition != graph.value(placed.seen.source).type.shape) return;
  placed.kind = is(yes, no) ? MaskStep::kSeenWhereTrue : MaskStep::kHiddenWhereTrue;
  placed.hidden = is(yes, no) ? *no : *yes;
  placed.seen.source = choice.inputs[0];
}

// Sets the operator's attributes where the choice is a triangle, or a band below one.
bool is_triangle(const Placed& placed, const ScoreAxes& axes, ops::Attention& op) {
  if (placed.shape != Shape::of(1, 1, axes.queries, axes.keys) || op.causal) return false;
  const auto sees = [&](int64_t query, int64_t key) {
    return placed.numbers[static_cast<size_t>(query * axes.keys + key)] != 0;
  };
  int64_t position = 0;  // the last key that the first query sees
  while (position + 1 < axes.keys && sees(0, position + 1)) ++position;
  const int64_t last = position + axes.queries - 1;
  int64_t first = 0;  // the first key that the last query sees
  while (first < axes.keys && !sees(axes.queries - 1, first)) ++first;
  const int64_t window = first == 0 ? -1 : last - first;
  for (int64_t query = 0; query < axes.queries; ++query) {
    const int64_t self = position + query;
    for (int64_t key = 0; key < axes.keys; ++key) {
      if (sees(query, key) != (key <= self && (window < 0 || key >= self - window))) return false;
    }
  }
  op.causal = true;
  op.position = position == axes.keys - axes.queries ? -1 : position;
  op.left_window = window;
  return true;
}

class Builder {
 public:
  Builder(Graph& graph, NodeId before) : graph_(graph), before_(before) {}

  // As truth values, true where a key may be seen.
  Result<ValueId> choice(const Placed& placed) {
    if (!placed.numbers.empty()) {
      std::vector<uint8_t> bits;
      for (const float x : placed.numbers)
        bits.push_back((x != 0) == (placed.kind == MaskStep::kSeenWhereTrue) ? 1 : 0);
      return graph_.add_constant("attention_mask", {DType::kBool, placed.shape}, ir::TensorData::of<uint8_t>(bits));
    }
    TMC_ASSIGN(const ValueId condition, moved(placed));
    if (placed.kind == MaskStep::kSeenWhereTrue) return condition;
    return graph_.insert(before_, "attention_mask", ops::LogicalNot{}, {condition});
  }

  // As what is added.
  Result<ValueId> addend(const Placed& placed) {
    if (placed.kind == MaskStep::kAdded && placed.numbers.empty()) return moved(placed);
    if (!placed.numbers.empty()) {
      std::vector<float> added = placed.numbers;
      if (placed.kind != MaskStep::kAdded) {
        for (float& x : added) {
          x = (x != 0) == (placed.kind == MaskStep::kSeenWhereTrue) ? 0.0F : static_cast<float>(placed.hidden);
        }
      }
      return graph_.add_constant("attention_mask", {DType::kF32, placed.shape}, ir::TensorData::of<float>(added));
    }
    TMC_ASSIGN(const ValueId seen, choice(placed));
    const ValueId zero = scalar(0), hidden = scalar(placed.hidden);
    return graph_.insert(before_, "attention_mask", ops::Where{}, {seen, zero, hidden});
  }

  Result<ValueId> sum(ValueId a, ValueId b) { return graph_.insert(before_, "attention_mask", ops::Add{}, {a, b}); }

 private:
  Result<ValueId> moved(const Placed& placed) {
    const ir::Value& source = graph_.value(placed.seen.source);
    const std::optional<Moves> moves = moves_for(placed.seen.view, source.type.shape.elements());
    return emit(graph_, before_, source.name + "_mask", placed.seen.source, *moves, placed.shape);
  }
  ValueId scalar(double x) {
    return graph_.add_constant("attention_mask_number", {DType::kF32, {}},
                               ir::TensorData::of<float>(std::vector<float>{static_cast<float>(x)}));
  }

  Graph& graph_;
  NodeId before_;
};

// Whether truth values say the same as the choice: a row that is hidden as a whole is nothing then, and not the mean.
bool may_be_truth(const Placed& placed) {
  if (placed.kind == MaskStep::kAdded) return false;
  return std::isinf(placed.hidden) || (!placed.numbers.empty() && every_row_sees(placed));
}

}  // namespace

Result<Mask> make_mask(Graph& graph, NodeId before, const Scores& scores, const ScoreAxes& axes, ops::Attention& op) {
  std::vector<Placed> kept;
  for (const MaskStep& step : scores.masks) {
    std::optional<Placed> placed = place(graph, step, axes);
    if (!placed) return Mask{};
    const ir::Value& source = graph.value(placed->seen.source);
    if (source.is_constant()) placed->numbers = numbers_of(source, placed->seen.view);
    as_choice(graph, *placed);
    if (placed->kind == MaskStep::kHiddenWhereTrue && !placed->numbers.empty()) {
      for (float& x : placed->numbers) x = x != 0 ? 0.0F : 1.0F;
      placed->kind = MaskStep::kSeenWhereTrue;
    }
    if (placed->kind != MaskStep::kAdded && !placed->numbers.empty()) {
      if (std::ranges::all_of(placed->numbers, [](float x) { return x != 0; })) continue;
      // Of several masks any may hide what another one's rows see; what is added to both is even then.
      const bool may_stand_alone = scores.masks.size() == 1 || std::isinf(placed->hidden);
      if (may_stand_alone && every_row_sees(*placed) && is_triangle(*placed, axes, op)) continue;
    }
    // Added to a score, this is not what stood in its place.
    if (placed->kind != MaskStep::kAdded && !may_be_truth(*placed) && placed->hidden > kSwallows) return Mask{};
    kept.push_back(std::move(*placed));
  }
  Builder builder(graph, before);
  Mask mask{true, ValueId::kNone};
  for (const Placed& placed : kept) {
    const bool truth = kept.size() == 1 && may_be_truth(placed);
    TMC_ASSIGN(const ValueId value, truth ? builder.choice(placed) : builder.addend(placed));
    if (mask.value == ValueId::kNone) {
      mask.value = value;
    } else {
      TMC_ASSIGN(mask.value, builder.sum(mask.value, value));
    }
  }
  return mask;
}

}  // namespace tmc::opt
