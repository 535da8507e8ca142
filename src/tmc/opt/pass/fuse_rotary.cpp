// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Rotary positions, written in steps, become one operator; angles are constants or computed at run time. The ways to
// write them are many: halves or neighbours of a head, by a rotated copy or by parts, of whole heads or a part of each,
// heads before or behind positions. All come to the same: every element is a number times itself plus a number times
// its partner. So the steps are computed for numbers in place of tensors, and it is these that are looked at.

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

// What gives a table of angles: numbers, or the places where they lie in one value at run time.
struct Table {
  std::vector<float> numbers;
  ValueId source = ValueId::kNone;
  Moves moves;
  bool is_negative = false;
};

std::optional<Table> table_of(const Graph& graph, const std::vector<Multiple>& all, const Angles& angles) {
  Table table;
  std::vector<int64_t> places;
  for (const Multiple& one : all) {
    if (one.angle == Multiple::kNone) {
      table.numbers.push_back(static_cast<float>(one.by));
      continue;
    }
    const Angles::Place& place = angles.place(one.angle);
    if (places.empty()) table.source = place.value, table.is_negative = one.by < 0;
    if (place.value != table.source || one.by != (table.is_negative ? -1 : 1)) return std::nullopt;
    places.push_back(place.element);
  }
  if (places.empty()) return table;
  const auto view = view_of_indices(places);
  if (!view || !table.numbers.empty()) return std::nullopt;
  const auto moves = moves_for(*view, graph.value(table.source).type.shape.elements());
  if (!moves) return std::nullopt;
  table.moves = *moves;
  return table;
}

Result<ValueId> emit_table(Graph& graph, NodeId before, const std::string& name, const Table& table,
                           const Shape& shape) {
  if (table.source == ValueId::kNone) {
    return graph.add_constant(name, {DType::kF32, shape}, ir::TensorData::of<float>(table.numbers));
  }
  TMC_ASSIGN(const ValueId moved, emit(graph, before, name, table.source, table.moves, shape));
  return table.is_negative ? graph.insert(before, name + "_negative", ops::Neg{}, {moved}) : Result<ValueId>(moved);
}

Status replace(Graph& graph, NodeId id, ValueId source, const Turns& turns, const Angles& angles) {
  const ValueId old = graph.node(id).outputs[0];
  const std::string name = graph.node(id).name;
  const Shape shape = graph.value(old).type.shape;
  const auto x_moves = moves_for(turns.x, graph.value(source).type.shape.elements());
  const auto result_moves = moves_for(turns.result, shape.elements());
  const auto cosine_table = table_of(graph, turns.cosines, angles), sine_table = table_of(graph, turns.sines, angles);
  if (!x_moves || !result_moves || !cosine_table || !sine_table) return {};
  const Shape x_shape = Shape::of(turns.batch, turns.length, turns.heads * turns.size);
  TMC_ASSIGN(const ValueId x, emit(graph, id, name + "_x", source, *x_moves, x_shape));
  const Shape table = Shape::of(turns.length, turns.rotated / 2);
  TMC_ASSIGN(const ValueId cosines, emit_table(graph, id, name + "_cosines", *cosine_table, table));
  TMC_ASSIGN(const ValueId sines, emit_table(graph, id, name + "_sines", *sine_table, table));
  const auto rotated = static_cast<int32_t>(turns.rotated == turns.size ? 0 : turns.rotated);
  const ops::RotaryEmbedding op{static_cast<int32_t>(turns.heads), rotated, turns.interleaved};
  TMC_ASSIGN(const ValueId turned, graph.insert(id, name + "_turned", op, {x, cosines, sines}));
  TMC_ASSIGN(const ValueId moved, emit(graph, id, name + "_moved", turned, *result_moves, shape));
  return graph.recompute(old, id, name, ops::Reshape{{shape.begin(), shape.end()}}, {moved}).status();
}

Status run_fuse_rotary(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  const LinearParts parts(graph);
  for (const NodeId id : order) {
    const ir::Node& node = graph.node(id);
    if (node.outputs.size() != 1 || view_of(graph, node)) continue;
    const LinearParts::Part& part = parts.of(node.outputs[0]);
    if (part.source == ValueId::kNone || !part.adds || !part.ends) continue;
    Angles angles(graph);
    const auto forms = forms_of(graph, node.outputs[0], part.source, angles);
    if (!forms) continue;
    if (const auto turns = turns_of(*forms)) TMC_TRY(replace(graph, id, part.source, *turns, angles));
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_rotary;
const ir::Pass fuse_rotary = {"fuse_rotary", "Makes one operator of rotary positions.", run_fuse_rotary};

}  // namespace tmc::opt
