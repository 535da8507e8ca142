// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "tmc/base/host/base64.hpp"
#include "tmc/base/host/json_tensor.hpp"
#include "tmc/base/host/yaml.hpp"
#include "tmc/ir/json.hpp"

namespace tmc::ir {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson field_json(const ops::FieldValue& value) {
  if (const auto* real = std::get_if<double>(&value); real && !std::isfinite(*real)) {
    return std::isnan(*real) ? "nan" : *real > 0 ? "inf" : "-inf";
  }
  return std::visit([](const auto& plain) { return OrderedJson(plain); }, value);
}

OrderedJson value_json(const Value& value) {
  OrderedJson json = json::tensor_json(value.name, value.type.dtype, value.type.shape, value.quantization);
  if (!value.symbols.empty()) json["symbols"] = value.symbols;
  if (!value.channels_last_of.empty()) json["channels_last_of"] = value.channels_last_of;
  if (value.is_constant()) json["data"] = to_base64(value.data->bytes());
  return json;
}

OrderedJson names_json(const Graph& graph, const std::vector<ValueId>& ids) {
  OrderedJson names = OrderedJson::array();
  for (const ValueId id : ids)
    names.push_back(id == ValueId::kNone ? OrderedJson(nullptr) : OrderedJson(graph.value(id).name));
  return names;
}

OrderedJson op_json(const AnyOp& op) {
  OrderedJson attributes = OrderedJson::object();
  for (const ops::NamedValue& field : op.info().get_fields(op.attributes())) {
    attributes[field.name] = field_json(field.value);
  }
  return {{"op", op.name()}, {"attributes", std::move(attributes)}};
}

OrderedJson node_json(const Graph& graph, const Node& node) {
  OrderedJson json = {{"name", node.name}};
  json.update(op_json(node.op));
  json["inputs"] = names_json(graph, node.inputs);
  json["outputs"] = names_json(graph, node.outputs);
  return json;
}

OrderedJson graph_json(const Graph& graph) {
  OrderedJson values = OrderedJson::array();
  for (const ValueId id : graph.values()) values.push_back(value_json(graph.value(id)));
  OrderedJson nodes = OrderedJson::array();
  for (const NodeId id : graph.order()) nodes.push_back(node_json(graph, graph.node(id)));
  OrderedJson json = {{"name", graph.name}};
  if (graph.requantization != Graph().requantization) {
    json["requantization"] = requantization_name(graph.requantization);
  }
  json.update({{"inputs", names_json(graph, graph.inputs())},
               {"outputs", names_json(graph, graph.outputs())},
               {"values", std::move(values)},
               {"nodes", std::move(nodes)}});
  return json;
}

}  // namespace

std::string to_json(const AnyOp& op) {
  return op_json(op).dump();
}

std::string to_json(const Graph& graph, int indent) {
  return graph_json(graph).dump(indent, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string to_yaml(const Graph& graph) {
  return tmc::to_yaml(graph_json(graph));
}

}  // namespace tmc::ir
