// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tmc/base/host/base64.hpp"
#include "tmc/base/host/json_tensor.hpp"
#include "tmc/base/host/yaml.hpp"
#include "tmc/ir/json.hpp"

namespace tmc::ir {
namespace {

using Json = json::Value;

Json field_json(const ops::FieldValue& value) {
  if (const auto* real = std::get_if<double>(&value); real && !std::isfinite(*real)) {
    return std::isnan(*real) ? "nan" : *real > 0 ? "inf" : "-inf";
  }
  return std::visit([](const auto& plain) { return Json(plain); }, value);
}

Json value_json(const Value& value) {
  Json json = json::tensor_json(value.name, value.type.dtype, value.type.shape, value.quantization);
  if (!value.symbols.empty()) json["symbols"] = value.symbols;
  if (!value.channels_last_of.empty()) json["channels_last_of"] = value.channels_last_of;
  if (value.is_constant()) json["data"] = to_base64(value.data->bytes());
  return json;
}

Json names_json(const Graph& graph, const std::vector<ValueId>& ids) {
  Json names = Json::array();
  for (const ValueId id : ids) names.push_back(id == ValueId::kNone ? Json(nullptr) : Json(graph.value(id).name));
  return names;
}

Json attributes_json(const AnyOp& op) {
  Json attributes = Json::object();
  for (const ops::NamedValue& field : op.info().get_fields(op.attributes())) {
    attributes.append(field.name, field_json(field.value));
  }
  return attributes;
}

Json node_json(const Graph& graph, const Node& node) {
  return {{"name", node.name},
          {"op", node.op.name()},
          {"attributes", attributes_json(node.op)},
          {"inputs", names_json(graph, node.inputs)},
          {"outputs", names_json(graph, node.outputs)}};
}

Json graph_json(const Graph& graph) {
  Json values = Json::array();
  for (const ValueId id : graph.values()) values.push_back(value_json(graph.value(id)));
  Json nodes = Json::array();
  for (const NodeId id : graph.order()) nodes.push_back(node_json(graph, graph.node(id)));
  Json json = {{"name", graph.name}};
  if (graph.requantization != Graph().requantization) {
    json["requantization"] = requantization_name(graph.requantization);
  }
  json["inputs"] = names_json(graph, graph.inputs());
  json["outputs"] = names_json(graph, graph.outputs());
  if (!graph.states.empty()) {
    Json states = Json::array();
    for (const State& state : graph.states) {
      states.push_back(
          {{"input", state.input}, {"output", state.output}, {"initial", graph.value(state.initial).name}});
    }
    json["states"] = std::move(states);
  }
  if (!graph.texts.empty()) json["texts"] = std::vector<std::string>(graph.texts.begin(), graph.texts.end());
  json["values"] = std::move(values);
  json["nodes"] = std::move(nodes);
  return json;
}

}  // namespace

std::string to_json(const AnyOp& op) {
  return Json({{"op", op.name()}, {"attributes", attributes_json(op)}}).dump();
}

std::string to_json(const Graph& graph, int indent) {
  return graph_json(graph).dump(indent);
}

std::string to_yaml(const Graph& graph) {
  return tmc::to_yaml(graph_json(graph));
}

}  // namespace tmc::ir
