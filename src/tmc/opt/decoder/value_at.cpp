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

// Copies what a value is made of, with numbers in the place of the positions.
class Cone {
 public:
  Cone(const Graph& graph, const PastGraph& past, int64_t first) : graph_(graph), past_(past), first_(first) {
    cone_.requantization = graph.requantization;
  }

  // kNone where there is an input of the graph on the way.
  ValueId copied(ValueId id) {
    if (id == ValueId::kNone) return id;
    if (const auto found = copies_.find(id); found != copies_.end()) return found->second;
    const ir::Value& value = graph_.value(id);
    if (id == past_.positions)
      return copies_[id] = cone_.add_constant(value.name, value.type, positions_from(first_, value.type));
    if (value.is_constant())
      return copies_[id] = cone_.add_constant(value.name, value.type, *value.data, value.quantization);
    if (value.producer == NodeId::kNone) return ValueId::kNone;
    const ir::Node& node = graph_.node(value.producer);
    std::vector<ValueId> inputs;
    for (const ValueId input : node.inputs) {
      inputs.push_back(copied(input));
      if (input != ValueId::kNone && inputs.back() == ValueId::kNone) return ValueId::kNone;
    }
    std::vector<ValueId> outputs;
    for (const ValueId output : node.outputs) {
      const ir::Value& of = graph_.value(output);
      outputs.push_back(copies_[output] = cone_.add_value(of.name, of.type, of.quantization));
    }
    cone_.add_node(node.name, node.op, inputs, outputs);
    return copies_[id];
  }

  Graph& graph() { return cone_; }

 private:
  const Graph& graph_;
  const PastGraph& past_;
  const int64_t first_;
  Graph cone_;
  std::map<ValueId, ValueId> copies_;
};

// Whether the value is made of the positions; `rows` becomes the fewest of the tables that are read at such.
bool is_of_positions(const Graph& graph, ValueId positions, ValueId id, std::map<ValueId, bool>& known, int64_t& rows) {
  if (id == ValueId::kNone) return false;
  if (id == positions) return true;
  if (const auto found = known.find(id); found != known.end()) return found->second;
  bool is_of = false;
  if (const NodeId producer = graph.value(id).producer; producer != NodeId::kNone) {
    const ir::Node& node = graph.node(producer);
    std::vector<bool> inputs;
    for (const ValueId input : node.inputs) inputs.push_back(is_of_positions(graph, positions, input, known, rows));
    is_of = std::ranges::find(inputs, true) != inputs.end();
    if (const auto* lookup = node.op.get_if<ops::Lookup>(); lookup && inputs[1]) {
      const int64_t extent = graph.value(node.inputs[0]).type.shape[lookup->axis];
      rows = rows == 0 ? extent : std::min(rows, extent);
    }
  }
  return known[id] = is_of;
}

}  // namespace

std::optional<TensorData> value_at(const Graph& graph, const PastGraph& past, ValueId id, int64_t first,
                                   ir::Evaluator& evaluator) {
  Cone cone(graph, past, first);
  const ValueId result = cone.copied(id);
  if (result == ValueId::kNone) return std::nullopt;
  if (cone.graph().value(result).is_constant()) return cone.graph().value(result).data;
  cone.graph().add_output(result);
  const Result<std::vector<TensorData>> values = evaluator.evaluate(cone.graph());
  if (!values.ok()) return std::nullopt;
  return values->front();
}

int64_t table_rows(const Graph& graph, ValueId positions, ValueId id) {
  std::map<ValueId, bool> known;
  int64_t rows = 0;
  is_of_positions(graph, positions, id, known, rows);
  return rows;
}

}  // namespace tmc::opt
