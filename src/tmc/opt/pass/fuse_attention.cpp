// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// softmax(queries * keys^T * scale + mask) * values, of one head or of many, becomes one operator, in whichever way an
// exporter moved the heads about, scaled and hid scores, and repeated heads of keys and values. Operands are read where
// they lie before all moves, and the result is moved to where it was: what its readers move back goes with join_moves.
//
// What somebody else reads of scores or weights, what lies along other axes and what no operator has stays as it is.

#include <map>

#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/opt/attention/heads.hpp"
#include "tmc/opt/attention/mask.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

class Fuser {
 public:
  explicit Fuser(Graph& graph) : graph_(graph), uses_(graph), origins_(graph) {}

  Status fuse(NodeId softmax) {
    std::optional<Scores> scores = scores_before(graph_, uses_, origins_, softmax);
    if (!scores) return {};
    const NodeId last = product_after(graph_, uses_, origins_, softmax);
    if (last == NodeId::kNone) return {};
    const ir::Node first = graph_.node(scores->product);
    const ir::Node second = graph_.node(last);
    const Shape products = shape_of(first.outputs[0]);
    const Shape weights = shape_of(second.inputs[0]);
    const ValueId softmax_in = graph_.node(softmax).inputs[0];
    // Reshapes between the products may take leading axes together, and nothing else.
    const bool same_rows = products.back() == weights.back() && products.back(1) == weights.back(1) &&
                           products.back() == shape_of(softmax_in).back();
    if (!same_rows || products.elements() != weights.elements()) return {};

    const bool has_rows = second.op.get<ops::Matmul>().transpose_b;
    const Shape result = shape_of(second.outputs[0]);
    if (result.elements(0, result.rank() - 2) != products.elements(0, products.rank() - 2)) return {};
    auto query = operand(first.inputs[0], lead_of(products), false, &scores->scale);
    auto key = operand(first.inputs[1], lead_of(products), !first.op.get<ops::Matmul>().transpose_b, &scores->scale);
    auto value = operand(second.inputs[1], lead_of(result), has_rows, nullptr);
    if (!query || !key || !value) return {};
    Operand* const operands[] = {&*query, &*key, &*value};
    if (!align(operands)) return {};
    const std::optional<Heads> heads = choose_heads(graph_, operands);
    if (!heads) return {};
    return replace(last, *scores, operands, *heads);
  }

 private:
  const Shape& shape_of(ValueId id) const { return graph_.value(id).type.shape; }

  static Shape lead_of(const Shape& shape) {
    Shape lead;
    for (int axis = 0; axis < shape.rank() - 2; ++axis) lead.push_back(shape[axis]);
    return lead;
  }

  // Of attention of what attention gave, what the latter is now.
  Seen origin_of(ValueId id) const {
    const Seen seen = origins_.of(graph_, id);
    const auto found = replaced_.find(seen.source);
    if (found == replaced_.end()) return seen;
    const std::optional<View> both = compose(found->second.side_by_side.view, seen.view);
    return both ? Seen{found->second.side_by_side.source, *both} : Seen{found->second.moved, seen.view};
  }

  // The operand before its moves and, where that may be told, before it is scaled.
  std::optional<Operand> operand(ValueId id, const Shape& lead, bool turned, double* scale) {
    Seen seen = origin_of(id);
    for (int steps = 0; scale != nullptr && steps < 4; ++steps) {
      const std::optional<Scaled> scaled = unscaled(graph_, seen.source);
      if (!scaled || shape_of(scaled->value).elements() != shape_of(seen.source).elements()) break;
      const Seen before = origins_.of(graph_, scaled->value);
      const std::optional<View> view = compose(before.view, seen.view);
      if (!view) break;
      *scale *= scaled->by;
      seen = {before.source, *view};
    }
    if (graph_.value(seen.source).type.dtype != DType::kF32) return std::nullopt;
    return operand_of(seen, shape_of(id), lead, turned);
  }

  Status replace(NodeId last, const Scores& scores, std::span<Operand* const> operands, const Heads& heads) {
    const Shape result = shape_of(graph_.node(last).outputs[0]);
    const int64_t rows = result.back(1), keys = elements(operands[1]->rows), size = elements(operands[0]->elements);
    ops::Attention op;
    op.heads = static_cast<int32_t>(heads.heads);
    op.kv_heads = static_cast<int32_t>(heads.kv_heads);
    op.softcap = scores.softcap;
    op.scale = is_near(scores.scale, op.score_scale(size)) ? 0 : scores.scale;
    // A scale of 0 stands for the usual one.
    if (scores.scale == 0) return {};
    const ScoreAxes axes{heads.batch, heads.heads, rows, keys};
    TMC_ASSIGN(const Mask mask, make_mask(graph_, last, scores, axes, op));
    if (!mask.possible) return {};

    const std::string name = graph_.node(last).name;
    std::vector<ValueId> inputs;
    for (size_t at = 0; at < 3; ++at) {
      const int64_t width = (at == 0 ? heads.heads : heads.kv_heads) * elements(operands[at]->elements);
      const Shape shape = Shape::of(heads.batch, at == 0 ? rows : keys, width);
      const char* const what[] = {"_query", "_key", "_value"};
      TMC_ASSIGN(const ValueId input,
                 emit(graph_, last, name + what[at], operands[at]->source, heads.moves[at], shape));
      inputs.push_back(input);
    }
    if (mask.value != ValueId::kNone) inputs.push_back(mask.value);
    TMC_ASSIGN(const ValueId side_by_side, graph_.insert(last, name + "_heads", op, inputs));
    const View view = view_of_result(operands[0]->lead, heads, rows, result.back());
    const std::optional<Moves> moves = moves_for(view, result.elements());
    TMC_ASSIGN(const ValueId moved, emit(graph_, last, name + "_moved", side_by_side, *moves, result));
    const ops::Reshape same{{result.begin(), result.end()}};
    const ValueId old = graph_.node(last).outputs[0];
    TMC_ASSIGN(const ValueId now, graph_.recompute(old, last, name, same, {moved}));
    replaced_.emplace(old, Replaced{{side_by_side, view}, now});
    return {};
  }

  Graph& graph_;
  const Uses uses_;
  const Origins origins_;
  // By a result of decomposed steps, which is no more: where its elements lie, and the value that took its place.
  struct Replaced {
    Seen side_by_side;
    ValueId moved = ValueId::kNone;
  };
  std::map<ValueId, Replaced> replaced_;
};

Status run_fuse_attention(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  Fuser fuser(graph);
  for (const NodeId id : order) {
    if (graph.node(id).op.is<ops::Softmax>()) TMC_TRY(fuser.fuse(id));
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_attention;
const ir::Pass fuse_attention = {"fuse_attention", "Makes one operator of decomposed attention.", run_fuse_attention};

}  // namespace tmc::opt
