// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/inline_graph.hpp"

#include <algorithm>
#include <unordered_map>

#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::opt {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

std::vector<ValueId> inline_graph(Graph& graph, const Graph& part, const std::vector<ValueId>& inputs, NodeId before) {
  std::unordered_map<ValueId, ValueId> copies = {{ValueId::kNone, ValueId::kNone}};
  for (size_t i = 0; i < inputs.size(); ++i) copies[part.inputs()[i]] = inputs[i];
  for (const ir::State& state : part.states) {
    const ValueId id = part.inputs()[state.input];
    copies[id] = graph.add_input(part.value(id).name, part.value(id).type, part.value(id).quantization);
  }
  for (const ValueId id : part.values()) {
    const ir::Value& value = part.value(id);
    if (copies.contains(id)) continue;
    copies[id] = value.is_constant() ? graph.add_constant(value.name, value.type, *value.data, value.quantization)
                                     : graph.add_value(value.name, value.type, value.quantization);
  }
  const auto copied = [&](const std::vector<ValueId>& ids) {
    std::vector<ValueId> there;
    for (const ValueId id : ids) there.push_back(copies.at(id));
    return there;
  };
  for (const NodeId id : part.order()) {
    const ir::Node& node = part.node(id);
    graph.insert_node(before, node.name, node.op, copied(node.inputs), copied(node.outputs));
  }
  const size_t first = graph.inputs().size() - part.states.size();
  for (size_t i = 0; i < part.states.size(); ++i) {
    graph.states.push_back({first + i, graph.outputs().size(), copies.at(part.states[i].initial)});
    graph.add_output(copies.at(part.outputs()[part.states[i].output]));
  }
  return copied(part.outputs());
}

Result<std::vector<ValueId>> prepend_graph(Graph& graph, ValueId input, const Graph& part) {
  const ir::Value before = graph.value(input);
  const std::vector<NodeId> readers = graph.users(input);
  if (graph.is_output(input)) return error(Error::kBadUsage, "it is an output of the model as well");
  if (readers.empty()) return error(Error::kBadUsage, "the model does not read it");
  const ir::Value& taken = part.value(part.inputs().front());
  const Shape& made = part.value(part.outputs().front()).type.shape;
  if (made.elements() != before.type.shape.elements()) {
    return error(Error::kBadUsage, "it has {} elements, the preprocessing makes {} features",
                 before.type.shape.elements(), made.elements())
        .with_hint("`tinymlc inspect FILE.yaml` shows what the preprocessing makes; train the model on these features");
  }
  ir::Value& port = graph.value(input);
  port.type = taken.type;
  port.quantization = taken.quantization;
  port.columns = taken.columns;
  port.symbols.clear();
  const NodeId first = readers.front();
  std::vector<ValueId> outputs = inline_graph(graph, part, {input}, first);
  ValueId value = outputs.front();
  if (made != before.type.shape) {
    const Shape& shape = before.type.shape;
    TMC_ASSIGN(value,
               graph.insert(first, before.name + "_shaped", ops::Reshape{{shape.begin(), shape.end()}}, {value}));
  }
  if (before.type.dtype != DType::kF32) {
    if (before.quantization.empty()) {
      return error(Error::kBadUsage, "its {} have no scale, and features are reals", dtype_name(before.type.dtype));
    }
    const bool ties_to_even = graph.requantization == ir::Requantization::kOneRounding;
    TMC_ASSIGN(value, graph.insert(first, before.name + "_quantized", ops::Quantize{before.type.dtype, ties_to_even},
                                   {value}, before.quantization));
  }
  for (const NodeId reader : readers) std::ranges::replace(graph.node(reader).inputs, input, value);
  return outputs;
}

}  // namespace tmc::opt
