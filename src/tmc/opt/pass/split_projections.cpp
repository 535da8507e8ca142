// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A float layer that makes queries, keys and values side by side, which are then cut apart for attention, becomes a
// layer for each of them. So nothing is copied, and integers get a scale for each. Only where all that is read of the
// layer are such parts, so that nothing is computed twice.

#include <algorithm>
#include <span>

#include "tmc/ir/constant_reals.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

bool keeps_last_extent(const Graph& graph, const Node& node) {
  return node.op.is<ops::Reshape>() && graph.value(node.inputs[0]).type.shape.rank() > 0 &&
         graph.value(node.outputs[0]).type.shape.rank() > 0 &&
         graph.value(node.inputs[0]).type.shape.back() == graph.value(node.outputs[0]).type.shape.back();
}

// Whether it cuts the last axis alone.
bool cuts_channels(const Graph& graph, const Node& node) {
  const auto* slice = node.op.get_if<ops::Slice>();
  if (slice == nullptr || std::ranges::any_of(slice->steps, [](int64_t step) { return step != 1; })) return false;
  const Shape &all = graph.value(node.inputs[0]).type.shape, &part = graph.value(node.outputs[0]).type.shape;
  return part.rank() > 0 && part.back() > 0 && part.elements() / part.back() == all.elements() / all.back();
}

// The cuts by which all that reads the value reads it; false where something reads it otherwise.
bool find_cuts(const Graph& graph, ValueId value, std::vector<NodeId>& cuts) {
  if (graph.is_output(value)) return false;
  return std::ranges::all_of(graph.users(value), [&](NodeId id) {
    const Node& node = graph.node(id);
    if (keeps_last_extent(graph, node)) return find_cuts(graph, node.outputs[0], cuts);
    if (cuts_channels(graph, node)) cuts.push_back(id);
    return cuts_channels(graph, node);
  });
}

bool feeds_attention(const Graph& graph, ValueId value) {
  return std::ranges::any_of(graph.users(value), [&](NodeId id) {
    const Node& node = graph.node(id);
    return node.op.is<ops::Attention>() || (keeps_last_extent(graph, node) && feeds_attention(graph, node.outputs[0]));
  });
}

bool has_float_rows(const Graph& graph, ValueId id, int64_t rows) {
  const ir::Value& value = graph.value(id);
  return value.is_constant() && value.type.dtype == DType::kF32 && value.type.shape.rank() > 0 &&
         value.type.shape[0] == rows;
}

// Rows [begin, begin + size) of a constant.
ValueId rows_of(Graph& graph, ValueId id, int64_t begin, int64_t size) {
  const std::vector<float> all = ir::constant_reals(graph.value(id));
  Shape shape = graph.value(id).type.shape;
  const int64_t row = shape.elements(1, shape.rank());
  shape[0] = size;
  const auto part = std::span(all).subspan(static_cast<size_t>(begin * row), static_cast<size_t>(size * row));
  return graph.add_constant(graph.value(id).name + "_part", {DType::kF32, shape}, ir::TensorData::of(part));
}

Status split(Graph& graph, NodeId id) {
  const Node layer = graph.node(id);
  const int64_t outputs = graph.value(layer.outputs[0]).type.shape.back();
  const auto constants = std::span(layer.inputs).subspan(1);
  const bool has_rows = std::ranges::all_of(
      constants, [&](ValueId input) { return input == ValueId::kNone || has_float_rows(graph, input, outputs); });
  if (!has_rows) return {};
  std::vector<NodeId> cuts;
  if (!find_cuts(graph, layer.outputs[0], cuts) || cuts.size() < 2) return {};
  int64_t channels = 0;
  for (const NodeId cut : cuts) channels += graph.value(graph.node(cut).outputs[0]).type.shape.back();
  const bool is_needed =
      std::ranges::any_of(cuts, [&](NodeId cut) { return feeds_attention(graph, graph.node(cut).outputs[0]); });
  if (!is_needed || channels > outputs) return {};
  for (const NodeId cut : cuts) {
    const ValueId part = graph.node(cut).outputs[0];
    const std::string name = graph.node(cut).name;
    const ValueId whole = graph.node(cut).inputs[0];
    const int64_t begin = graph.node(cut).op.get<ops::Slice>().begins.back();
    const Shape shape = graph.value(part).type.shape;
    std::vector<ValueId> inputs = {layer.inputs[0]};
    for (const ValueId constant : constants) {
      inputs.push_back(constant == ValueId::kNone ? constant : rows_of(graph, constant, begin, shape.back()));
    }
    TMC_ASSIGN(const ValueId made, graph.insert(cut, graph.value(part).name + "_layer", layer.op, inputs));
    TMC_TRY(graph.recompute(part, cut, name, ops::Reshape{{shape.begin(), shape.end()}}, {made}).status());
    graph.erase_unused(whole);
  }
  return {};
}

Status run_split_projections(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased && graph.node(id).op.is<ops::FullyConnected>()) TMC_TRY(split(graph, id));
  }
  return {};
}

}  // namespace

extern const ir::Pass split_projections;
const ir::Pass split_projections = {
    "split_projections", "Makes queries, keys and values, where one layer makes them all, by layers of their own.",
    run_split_projections};

}  // namespace tmc::opt
