// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Moves a reshape that only drops axes of extent 1 behind the float operators that treat every element alike, so that
// it meets the reshape that puts the axes back (remove_identities) and a layer meets what can be fused into it. Such
// reshapes stand behind every convolution of a line [n, c, l], which is one of an image of height 1.

#include <algorithm>

#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/requantize.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// For every axis of `from` whether `to` has it, where `to` is `from` without some axes of extent 1; else nothing.
std::optional<std::vector<bool>> kept_axes(const Shape& from, const Shape& to) {
  std::vector<bool> kept;
  int at = 0;
  for (const int64_t extent : from) {
    const bool same = at < to.rank() && to[at] == extent;
    if (!same && extent != 1) return std::nullopt;
    kept.push_back(same);
    at += same ? 1 : 0;
  }
  if (at != to.rank() || from.rank() == to.rank()) return std::nullopt;
  return kept;
}

// The shape of an operand that broadcasts to the shape without the dropped axes, with them.
Shape with_dropped_axes(const Shape& operand, const std::vector<bool>& kept) {
  Shape shape;
  auto missing = std::ranges::count(kept, true) - operand.rank();
  int next = 0;
  for (const bool is_kept : kept) {
    const bool has = is_kept && missing-- <= 0;
    shape.push_back(has ? operand[next++] : 1);
  }
  return shape;
}

bool is_movable(const ir::AnyOp& op) {
  return (op.is_unary() || op.is_binary()) && !op.is<ops::Dequantize>() && !op.is<ops::Quantize>() &&
         !op.is<ops::Requantize>();
}

class Sinker {
 public:
  Sinker(Graph& graph, NodeId id) : graph_(graph), id_(id), node_(graph.node(id)) {}

  Status run() {
    const ops::TensorType output = graph_.value(node_.outputs[0]).type;
    if (!is_movable(node_.op) || !dtype_is_float(output.dtype) || !find_source(output.shape)) return {};
    const auto comes_free = [&](ValueId input) { return source_of(input) != ValueId::kNone || is_plain(input); };
    if (!std::ranges::all_of(node_.inputs, comes_free)) return {};
    std::vector<ValueId> inputs;
    for (const ValueId input : node_.inputs) {
      const ValueId source = source_of(input);
      inputs.push_back(source != ValueId::kNone ? source : expanded(input));
    }
    const std::string name = graph_.value(node_.outputs[0]).name;
    TMC_ASSIGN(const ValueId result, graph_.insert(id_, name + "_image", node_.op, inputs));
    graph_.node(graph_.value(result).producer).name = node_.name;
    const ops::Reshape reshape{{output.shape.begin(), output.shape.end()}};
    TMC_TRY(graph_.recompute(node_.outputs[0], id_, name + "_reshape", reshape, {result}).status());
    for (const ValueId input : node_.inputs) graph_.erase_unused(input);
    return {};
  }

 private:
  // What is reshaped to the node's output shape; the first operand that is decides how the axes were dropped.
  bool find_source(const Shape& output) {
    for (const ValueId input : node_.inputs) {
      const NodeId reshape = graph_.producer_if<ops::Reshape>(input);
      if (reshape == NodeId::kNone || graph_.value(input).type.shape != output) continue;
      from_ = graph_.value(graph_.node(reshape).inputs[0]).type.shape;
      const auto kept = kept_axes(from_, output);
      if (!kept) continue;
      kept_ = *kept;
      return true;
    }
    return false;
  }

  // The operand before a reshape like the first one; kNone where it is none.
  ValueId source_of(ValueId id) const {
    const NodeId reshape = graph_.producer_if<ops::Reshape>(id);
    if (reshape == NodeId::kNone || graph_.value(id).type.shape != graph_.value(node_.outputs[0]).type.shape) {
      return ValueId::kNone;
    }
    const ValueId source = graph_.node(reshape).inputs[0];
    return graph_.value(source).type.shape == from_ ? source : ValueId::kNone;
  }

  bool is_plain(ValueId id) const { return graph_.value(id).is_constant() && graph_.value(id).quantization.empty(); }

  ValueId expanded(ValueId id) {
    const ir::Value& constant = graph_.value(id);
    return graph_.add_constant(constant.name, {constant.type.dtype, with_dropped_axes(constant.type.shape, kept_)},
                               *constant.data);
  }

  Graph& graph_;
  NodeId id_;
  const ir::Node node_;
  Shape from_;
  std::vector<bool> kept_;
};

Status run_sink_reshapes(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) TMC_TRY(Sinker(graph, id).run());
  }
  return {};
}

}  // namespace

extern const ir::Pass sink_reshapes;
const ir::Pass sink_reshapes = {
    "sink_reshapes", "Moves reshapes that drop axes of extent 1 behind operators that treat all elements alike.",
    run_sink_reshapes};

}  // namespace tmc::opt
