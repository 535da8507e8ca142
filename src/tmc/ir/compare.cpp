// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/compare.hpp"

#include <bit>

namespace tmc::ir {
namespace {

// Reals by their bits: a NaN is itself, and -0 is not 0.
bool same_field(const ops::FieldValue& a, const ops::FieldValue& b) {
  const auto* real_a = std::get_if<double>(&a);
  const auto* real_b = std::get_if<double>(&b);
  if (real_a && real_b) return std::bit_cast<uint64_t>(*real_a) == std::bit_cast<uint64_t>(*real_b);
  return a == b;
}

std::vector<std::string> names_of(const Graph& graph, const std::vector<ValueId>& ids) {
  std::vector<std::string> names;
  for (const ValueId id : ids) names.push_back(id == ValueId::kNone ? "" : graph.value(id).name);
  return names;
}

const char* value_difference(const Value& a, const Value& b) {
  if (a.type != b.type) return "type";
  if (a.quantization != b.quantization) return "quantisation";
  if (a.symbols != b.symbols) return "symbols of extents";
  if (a.is_constant() != b.is_constant()) return "origin";
  return a.data == b.data ? nullptr : "data";
}

const char* node_difference(const Graph& graph_a, const Node& a, const Graph& graph_b, const Node& b) {
  if (a.name != b.name) return "name";
  if (!same_op(a.op, b.op)) return "operator or attributes";
  if (names_of(graph_a, a.inputs) != names_of(graph_b, b.inputs)) return "inputs";
  return names_of(graph_a, a.outputs) == names_of(graph_b, b.outputs) ? nullptr : "outputs";
}

}  // namespace

bool same_op(const AnyOp& a, const AnyOp& b) {
  if (&a.info() != &b.info()) return false;
  const auto fields_a = a.info().get_fields(a.attributes());
  const auto fields_b = b.info().get_fields(b.attributes());
  for (size_t i = 0; i < fields_a.size(); ++i) {
    if (!same_field(fields_a[i].value, fields_b[i].value)) return false;
  }
  return true;
}

std::string first_difference(const Graph& a, const Graph& b) {
  if (a.name != b.name) return "the graphs' names differ";
  if (a.requantization != b.requantization) return "the graphs' requantisations differ";
  if (names_of(a, a.inputs()) != names_of(b, b.inputs())) return "inputs differ";
  if (names_of(a, a.outputs()) != names_of(b, b.outputs())) return "outputs differ";
  const auto states_of = [](const Graph& graph) {
    std::vector<std::tuple<size_t, size_t, std::string>> states;
    for (const State& state : graph.states) {
      states.emplace_back(state.input, state.output, graph.value(state.initial).name);
    }
    return states;
  };
  if (states_of(a) != states_of(b)) return "states differ";
  if (a.texts != b.texts) return "texts differ";
  if (a.values().size() != b.values().size()) return "numbers of tensors differ";
  for (const ValueId id : a.values()) {
    const Value& value = a.value(id);
    const ValueId other = b.find_value(value.name);
    if (other == ValueId::kNone) return fmt::format("tensor '{}' is missing", value.name);
    if (const char* what = value_difference(value, b.value(other))) {
      return fmt::format("tensor '{}' differs in {}", value.name, what);
    }
  }
  if (a.order().size() != b.order().size()) return "numbers of nodes differ";
  for (size_t i = 0; i < a.order().size(); ++i) {
    const Node& node = a.node(a.order()[i]);
    if (const char* what = node_difference(a, node, b, b.node(b.order()[i]))) {
      return fmt::format("node {} '{}' differs in {}", i, node.name, what);
    }
  }
  return {};
}

}  // namespace tmc::ir
