// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/value_at.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tmc/ops/op/lookup.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::TensorData;
using ir::ValueId;

TensorData positions_from(int64_t first, const ops::TensorType& type) {
  std::vector<int64_t> wide;
  for (int64_t i = 0; i < type.shape.elements(); ++i) wide.push_back(first + i);
  if (type.dtype == DType::kI64) return TensorData::of(std::span<const int64_t>(wide));
  const std::vector<int32_t> narrow(wide.begin(), wide.end());
  return TensorData::of(std::span<const int32_t>(narrow));
}

// Copies nodes in their order, with numbers in the place of the positions.
class Cone {
 public:
  Cone(const Graph& graph, const PastGraph& past, int64_t first) : graph_(graph), past_(past), first_(first) {
    cone_.requantization = graph.requantization;
  }

  // False where an input of the graph is on the way.
  bool copy(const ir::Node& node) {
    std::vector<ValueId> inputs;
    for (const ValueId input : node.inputs) {
      inputs.push_back(copied(input));
      if (input != ValueId::kNone && inputs.back() == ValueId::kNone) return false;
    }
    std::vector<ValueId> outputs;
    for (const ValueId output : node.outputs) {
      const ir::Value& of = graph_.value(output);
      outputs.push_back(copies_[output] = cone_.add_value(of.name, of.type, of.quantization));
    }
    cone_.add_node(node.name, node.op, inputs, outputs);
    return true;
  }

  // kNone where it was not copied.
  ValueId copied(ValueId id) {
    if (const auto found = copies_.find(id); found != copies_.end()) return found->second;
    if (id == ValueId::kNone) return id;
    const ir::Value& value = graph_.value(id);
    if (!value.is_constant() && id != past_.positions) return ValueId::kNone;
    const TensorData data = value.is_constant() ? *value.data : positions_from(first_, value.type);
    return copies_[id] = cone_.add_constant(value.name, value.type, data, value.quantization);
  }

  Graph& graph() { return cone_; }

 private:
  const Graph& graph_;
  const PastGraph& past_;
  const int64_t first_;
  Graph cone_;
  std::map<ValueId, ValueId> copies_;
};

}  // namespace

std::vector<NodeId> makers(const Graph& graph, ValueId id) {
  std::set<ValueId> needed = {id};
  std::vector<NodeId> found;
  const std::vector<NodeId>& order = graph.order();
  for (size_t at = order.size(); at-- > 0;) {
    const ir::Node& node = graph.node(order[at]);
    if (std::ranges::none_of(node.outputs, [&](ValueId output) { return needed.contains(output); })) continue;
    needed.insert(node.inputs.begin(), node.inputs.end());
    found.push_back(order[at]);
  }
  std::ranges::reverse(found);
  return found;
}

std::optional<TensorData> value_at(const Graph& graph, const PastGraph& past, ValueId id, int64_t first,
                                   ir::Evaluator& evaluator) {
  Cone cone(graph, past, first);
  for (const NodeId node : makers(graph, id)) {
    if (!cone.copy(graph.node(node))) return std::nullopt;
  }
  const ValueId result = cone.copied(id);
  if (result == ValueId::kNone) return std::nullopt;
  if (cone.graph().value(result).is_constant()) return cone.graph().value(result).data;
  cone.graph().add_output(result);
  const Result<std::vector<TensorData>> values = evaluator.evaluate(cone.graph());
  if (!values.ok()) return std::nullopt;
  return values->front();
}

int64_t table_rows(const Graph& graph, ValueId positions, ValueId id) {
  std::set<ValueId> of_positions = {positions};
  int64_t rows = 0;
  for (const NodeId maker : makers(graph, id)) {
    const ir::Node& node = graph.node(maker);
    const auto is_of = [&](ValueId input) { return input != ValueId::kNone && of_positions.contains(input); };
    if (std::ranges::none_of(node.inputs, is_of)) continue;
    of_positions.insert(node.outputs.begin(), node.outputs.end());
    if (const auto* lookup = node.op.get_if<ops::Lookup>(); lookup && is_of(node.inputs[1])) {
      const int64_t extent = graph.value(node.inputs[0]).type.shape[lookup->axis];
      rows = rows == 0 ? extent : std::min(rows, extent);
    }
  }
  return rows;
}

}  // namespace tmc::opt
