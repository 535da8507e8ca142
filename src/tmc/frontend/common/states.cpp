// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/states.hpp"

#include <algorithm>

#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using ir::ValueId;

Result<size_t> find_port(const ir::Graph& graph, const std::vector<ValueId>& ports, const std::string& name,
                         const char* what) {
  const auto found = std::ranges::find(ports, name, [&](ValueId id) { return graph.value(id).name; });
  if (found != ports.end()) return static_cast<size_t>(found - ports.begin());
  std::string names;
  for (const ValueId id : ports) names += " " + graph.value(id).name;
  return error(Error::kBadUsage, "the model has no {} '{}', which is to be its state", what, name)
      .with_hint("it has:" + names);
}

}  // namespace

Status mark_states(ir::Graph& graph, const std::map<std::string, std::string>& outputs_by_input) {
  for (const auto& [input, output] : outputs_by_input) {
    ir::State state;
    TMC_ASSIGN(state.input, find_port(graph, graph.inputs(), input, "input"));
    TMC_ASSIGN(state.output, find_port(graph, graph.outputs(), output, "output"));
    const ir::Value before = graph.value(graph.inputs()[state.input]);
    const ir::Value& after = graph.value(graph.outputs()[state.output]);
    if (before.type != after.type || before.quantization != after.quantization) {
      return error(Error::kBadUsage, "the input '{}' and the output '{}' are no state: they have not one type", input,
                   output);
    }
    const auto bytes = static_cast<size_t>(before.type.shape.elements() * dtype_bytes(before.type.dtype));
    state.initial = graph.add_constant(input + "_initial", before.type, ir::TensorData(std::vector<std::byte>(bytes)),
                                       before.quantization);
    graph.states.push_back(state);
  }
  return outputs_by_input.empty() ? Status() : ir::verify(graph);
}

}  // namespace tmc::frontend
