// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Rotary positions with constant angles, written in steps, become one operator. The ways to write them are many: halves
// or neighbours of a head, by a rotated copy or by parts, of whole heads or a part of each, heads before or behind
// positions. All come to the same: every element is a number times itself plus a number times its partner. So the steps
// are computed for numbers in place of tensors, and it is these that are looked at.

#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/opt/attention/turns.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

Status replace(Graph& graph, NodeId id, ValueId source, const Turns& turns) {
  const ValueId old = graph.node(id).outputs[0];
  const std::string name = graph.node(id).name;
  const Shape shape = graph.value(old).type.shape;
  const auto x_moves = moves_for(turns.x, graph.value(source).type.shape.elements());
  const auto result_moves = moves_for(turns.result, shape.elements());
  if (!x_moves || !result_moves) return {};
  const Shape x_shape = Shape::of(turns.batch, turns.length, turns.heads * turns.size);
  TMC_ASSIGN(const ValueId x, emit(graph, id, name + "_x", source, *x_moves, x_shape));
  const ops::TensorType angles{DType::kF32, Shape::of(turns.length, turns.rotated / 2)};
  const ValueId cosines = graph.add_constant(name + "_cosines", angles, ir::TensorData::of<float>(turns.cosines));
  const ValueId sines = graph.add_constant(name + "_sines", angles, ir::TensorData::of<float>(turns.sines));
  const auto rotated = static_cast<int32_t>(turns.rotated == turns.size ? 0 : turns.rotated);
  const ops::RotaryEmbedding op{static_cast<int32_t>(turns.heads), rotated, turns.interleaved};
  TMC_ASSIGN(const ValueId turned, graph.insert(id, name + "_turned", op, {x, cosines, sines}));
  TMC_ASSIGN(const ValueId moved, emit(graph, id, name + "_moved", turned, *result_moves, shape));
  return graph.recompute(old, id, name, ops::Reshape{{shape.begin(), shape.end()}}, {moved}).status();
}

Status run(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  const LinearParts parts(graph);
  for (const NodeId id : order) {
    const ir::Node& node = graph.node(id);
    if (node.outputs.size() != 1 || view_of(graph, node)) continue;
    const LinearParts::Part& part = parts.of(node.outputs[0]);
    if (part.source == ValueId::kNone || !part.adds || !part.ends) continue;
    const auto forms = forms_of(graph, node.outputs[0], part.source);
    if (!forms) continue;
    if (const auto turns = turns_of(*forms)) TMC_TRY(replace(graph, id, part.source, *turns));
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_rotary;
const ir::Pass fuse_rotary = {"fuse_rotary", "Makes one operator of rotary positions with constant angles.", run};

}  // namespace tmc::opt
