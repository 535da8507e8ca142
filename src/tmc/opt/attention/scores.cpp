// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/scores.hpp"

#include <algorithm>

#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/opt/match.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// What stands in place of a score hides it where it is not above this.
constexpr double kHides = -1e4;

class Walker {
 public:
  Walker(const Graph& graph, const Uses& uses, const Origins& origins)
      : graph_(graph), uses_(uses), origins_(origins) {}

  std::optional<Scores> run(ValueId at) {
    // A handful of steps is what there ever is; the limit keeps a chain of masks from being walked again and again.
    for (int steps = 0; steps < 12; ++steps) {
      const NodeId producer = graph_.value(at).producer;
      if (producer == NodeId::kNone || uses_.only(at) == NodeId::kNone) return std::nullopt;
      const Node& node = graph_.node(producer);
      if (node.op.is<ops::Matmul>()) {
        found_.product = producer;
        return found_;
      }
      at = before(node, at);
      if (at == ValueId::kNone) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  // What the step reads of the scores; kNone where it is none that is known.
  ValueId before(const Node& node, ValueId at) {
    if (view_of(graph_, node)) return is_in_order(node) ? node.inputs[0] : ValueId::kNone;
    if (const std::optional<Scaled> scaled = unscaled(graph_, at)) {
      if (const ValueId capped = before_cap(*scaled); capped != ValueId::kNone) return capped;
      found_.scale *= scaled->by;
      return scaled->value;
    }
    if (node.op.is<ops::Add>()) return before_sum(node);
    if (node.op.is<ops::Where>()) return before_choice(node);
    return ValueId::kNone;
  }

  // c * tanh(x / c), where the division may be one with the scale.
  ValueId before_cap(const Scaled& scaled) {
    const Node* tanh = made_by<ops::Tanh>(graph_, scaled.value);
    if (tanh == nullptr || scaled.by <= 0 || is_scaled()) return ValueId::kNone;
    const std::optional<Scaled> inner = unscaled(graph_, tanh->inputs[0]);
    const bool alone = uses_.only(scaled.value) != NodeId::kNone && uses_.only(tanh->inputs[0]) != NodeId::kNone;
    if (!inner || !alone) return ValueId::kNone;
    found_.softcap = scaled.by;
    found_.scale = inner->by * scaled.by;
    return inner->value;
  }

  bool is_in_order(const Node& node) const {
    const int64_t count = graph_.value(node.inputs[0]).type.shape.elements();
    const std::optional<View> view = view_of(graph_, node);
    return view && is_whole(*view, count) && graph_.value(node.outputs[0]).type.shape.elements() == count;
  }

  // Whether this may be the scores' side of a step: it is as large as the result, and there is a product not far off.
  bool leads_to_product(ValueId at, const Shape& shape) const {
    if (graph_.value(at).type.shape.elements() != shape.elements()) return false;
    for (int steps = 0; steps < 12; ++steps) {
      if (at == ValueId::kNone || graph_.value(at).producer == NodeId::kNone) return false;
      const Node& node = graph_.node(graph_.value(at).producer);
      if (node.op.is<ops::Matmul>()) return true;
      const bool second = node.op.is<ops::Where>() && !number(graph_, node.inputs[2]);
      const bool is_step =
          view_of(graph_, node) || node.op.is_unary() || node.op.is_binary() || node.op.is<ops::Where>();
      if (!is_step) return false;
      const bool first_is_constant = node.op.is_binary() && graph_.value(node.inputs[0]).is_constant();
      at = node.inputs[node.op.is<ops::Where>() ? (second ? 2 : 1) : (first_is_constant ? 1 : 0)];
    }
    return false;
  }

  // A mask cannot be told from what is scaled afterwards.
  bool is_scaled() const { return found_.scale != 1 || found_.softcap != 0; }

  bool add_mask(MaskStep::Kind kind, ValueId mask, const Shape& scores, double hidden) {
    if (is_scaled()) return false;
    const Seen seen = origins_.of(graph_, mask);
    if (graph_.value(seen.source).erased) return false;
    const std::optional<View> view = compose(seen.view, broadcasting(graph_.value(mask).type.shape, scores));
    if (view) found_.masks.push_back({kind, {seen.source, *view}, hidden});
    return view.has_value();
  }

  ValueId before_sum(const Node& node) {
    if (ir::activation_of(node.op) != ops::Activation::kNone) return ValueId::kNone;
    const Shape& shape = graph_.value(node.outputs[0]).type.shape;
    for (const size_t side : {0, 1}) {
      if (const ValueId chosen = before_blend(node, side); chosen != ValueId::kNone) return chosen;
    }
    for (const size_t side : {0, 1}) {
      if (!leads_to_product(node.inputs[side], shape)) continue;
      return add_mask(MaskStep::kAdded, node.inputs[1 - side], shape, 0) ? node.inputs[side] : ValueId::kNone;
    }
    return ValueId::kNone;
  }

  // c * scores + (1 - c) * hidden, of truth values c: a choice as tf2onnx writes it. The first product is at `side`.
  ValueId before_blend(const Node& sum, size_t side) {
    const Shape& shape = graph_.value(sum.outputs[0]).type.shape;
    const Node* product = made_by<ops::Mul>(graph_, sum.inputs[side]);
    if (product == nullptr || uses_.only(sum.inputs[side]) == NodeId::kNone) return ValueId::kNone;
    for (const size_t factor : {0, 1}) {
      const ValueId scores = product->inputs[1 - factor];
      const std::optional<Choice> choice = choice_of(product->inputs[factor], sum.inputs[1 - side]);
      if (!choice || graph_.value(scores).type.shape != shape || !leads_to_product(scores, shape)) continue;
      const bool added = add_mask(MaskStep::kSeenWhereTrue, choice->seen, shape, choice->hidden);
      return added ? scores : ValueId::kNone;
    }
    return ValueId::kNone;
  }

  // What a factor of scores leaves of them, and what the addend puts in place of the others.
  struct Choice {
    ValueId seen = ValueId::kNone;  // truth values, or as numbers 1 and 0
    double hidden = 0;
  };
  std::optional<Choice> choice_of(ValueId factor, ValueId addend) const {
    if (const Node* cast = made_by_cast(factor)) {
      const std::optional<Scaled> scaled = unscaled(graph_, addend);
      const Node* other = scaled ? made_by_cast(scaled->value) : nullptr;
      const Node* negation = other != nullptr ? made_by<ops::LogicalNot>(graph_, other->inputs[0]) : nullptr;
      if (negation == nullptr || negation->inputs[0] != cast->inputs[0] || scaled->by > kHides) return std::nullopt;
      return Choice{cast->inputs[0], scaled->by};
    }
    const ir::Value &factors = graph_.value(factor), &addends = graph_.value(addend);
    const bool constant = factors.is_constant() && addends.is_constant() && factors.type == addends.type;
    if (!constant || factors.type.dtype != DType::kF32) return std::nullopt;
    const std::vector<float> kept = ir::constant_reals(factors), added = ir::constant_reals(addends);
    const auto hidden = std::ranges::min_element(added);
    if (hidden == added.end() || static_cast<double>(*hidden) > kHides) return std::nullopt;
    for (size_t at = 0; at < kept.size(); ++at) {
      const bool is_it = kept[at] == 1 ? added[at] == 0 : kept[at] == 0 && added[at] == *hidden;
      if (!is_it) return std::nullopt;
    }
    return Choice{factor, static_cast<double>(*hidden)};
  }

  // The node that makes numbers of truth values; null where it is none.
  const Node* made_by_cast(ValueId id) const {
    const NodeId cast = graph_.producer_if<ops::Cast>(id);
    if (cast == NodeId::kNone || graph_.value(id).type.dtype != DType::kF32) return nullptr;
    return graph_.value(graph_.node(cast).inputs[0]).type.dtype == DType::kBool ? &graph_.node(cast) : nullptr;
  }

  ValueId before_choice(const Node& node) {
    const Shape& shape = graph_.value(node.outputs[0]).type.shape;
    for (const size_t side : {1, 2}) {
      const std::optional<double> hidden = number(graph_, node.inputs[3 - side]);
      if (!hidden || *hidden > kHides || graph_.value(node.inputs[side]).type.shape != shape) continue;
      const auto kind = side == 1 ? MaskStep::kSeenWhereTrue : MaskStep::kHiddenWhereTrue;
      return add_mask(kind, node.inputs[0], shape, *hidden) ? node.inputs[side] : ValueId::kNone;
    }
    return ValueId::kNone;
  }

  const Graph& graph_;
  const Uses& uses_;
  const Origins& origins_;
  Scores found_;
};

// where(is_nan(weights), 0, weights) of weights that only these two read; else null.
const Node* zeroing(const Graph& graph, const Uses& uses, ValueId weights) {
  if (uses.of(weights).size() != 2 || uses.is_output(weights)) return nullptr;
  const Node& check = graph.node(uses.of(weights)[0]);
  const Node& choice = graph.node(uses.of(weights)[1]);
  const bool is_it = check.op.is<ops::IsNan>() && choice.op.is<ops::Where>() && choice.inputs[0] == check.outputs[0] &&
                     choice.inputs[2] == weights && number(graph, choice.inputs[1]) == 0.0 &&
                     uses.only(check.outputs[0]) != NodeId::kNone;
  return is_it ? &choice : nullptr;
}

}  // namespace

std::optional<Scores> scores_before(const Graph& graph, const Uses& uses, const Origins& origins, NodeId id) {
  const Node& node = graph.node(id);
  const auto* softmax = node.op.get_if<ops::Softmax>();
  const ops::TensorType& type = graph.value(node.outputs[0]).type;
  if (softmax == nullptr || softmax->wide || softmax->beta != 1 || type.dtype != DType::kF32) return std::nullopt;
  if (softmax->axis != -1 && softmax->axis != type.shape.rank() - 1) return std::nullopt;
  return Walker(graph, uses, origins).run(node.inputs[0]);
}

NodeId product_after(const Graph& graph, const Uses& uses, const Origins& origins, NodeId id) {
  ValueId at = graph.node(id).outputs[0];
  const int64_t keys = graph.value(at).type.shape.back();
  for (int steps = 0; steps < 6; ++steps) {
    if (const Node* zeroed = zeroing(graph, uses, at)) at = zeroed->outputs[0];
    const NodeId user = uses.only(at);
    if (user == NodeId::kNone) return NodeId::kNone;
    const Node& node = graph.node(user);
    if (node.op.is<ops::Matmul>()) {
      // A product of the weights with themselves, or with them on its right, is another one.
      const bool is_left = node.inputs[0] == at && node.inputs[1] != at;
      return is_left && graph.value(at).type.shape.back() == keys ? user : NodeId::kNone;
    }
    const Seen seen = origins.of(graph, node.outputs[0]);
    const Seen before = origins.of(graph, at);
    const bool stays = view_of(graph, node) && seen.source == before.source &&
                       seen.view.factors == before.view.factors && seen.view.offset == before.view.offset;
    if (!stays) return NodeId::kNone;
    at = node.outputs[0];
  }
  return NodeId::kNone;
}

}  // namespace tmc::opt
