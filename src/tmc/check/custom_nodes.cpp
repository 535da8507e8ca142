// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/custom_nodes.hpp"

#include <fmt/ranges.h>

#include <filesystem>
#include <set>

#include "tmc/base/host/json.hpp"
#include "tmc/custom/operator.hpp"
#include "tmc/ops/op/custom.hpp"

namespace tmc::check {
namespace {

using json::Value;

Value number(double value, bool is_real) {
  return is_real ? Value(static_cast<double>(static_cast<float>(value))) : Value(static_cast<int64_t>(value));
}

Value attribute_json(const custom::Attribute& attribute, const std::vector<double>& values) {
  if (attribute.count == 0) return number(values.front(), attribute.is_real);
  Value list = Value::array();
  for (const double value : values) list.push_back(number(value, attribute.is_real));
  return list;
}

// Attributes by their names, and the scales and zero points that the C++ function is passed.
Value settings_json(const ir::Graph& graph, const ir::Node& node, const custom::Description& description) {
  const auto& op = node.op.get<ops::Custom>();
  Value settings = Value::object();
  for (size_t i = 0; i < op.values.size(); ++i) {
    const custom::Attribute& attribute = description.attributes[i];
    settings[attribute.name] = attribute_json(attribute, op.values[i]);
  }
  for (const custom::Argument& argument : description.arguments) {
    const bool is_scale = argument.kind == custom::Argument::Kind::kScale;
    if (!is_scale && argument.kind != custom::Argument::Kind::kZeroPoint) continue;
    const size_t inputs = node.inputs.size();
    const ir::ValueId id =
        argument.index < inputs ? node.inputs[argument.index] : node.outputs[argument.index - inputs];
    const Quantization& quantization = graph.value(id).quantization;
    const std::string name = description.port(argument.index).name + (is_scale ? "_scale" : "_zero_point");
    settings[name] = is_scale ? Value(static_cast<double>(quantization.scale())) : Value(quantization.zero_point());
  }
  return settings;
}

const char* numpy_dtype(DType dtype) {
  switch (dtype) {
    case DType::kI8:
      return "int8";
    case DType::kI16:
      return "int16";
    case DType::kI32:
      return "int32";
    default:
      return "float32";
  }
}

}  // namespace

Result<std::string> custom_nodes(const ir::Graph& graph,
                                 const std::function<std::string(const std::string& value)>& name_in_file) {
  Value nodes = Value::array();
  std::set<std::string> without;
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    const auto* op = node.op.get_if<ops::Custom>();
    const auto* described = op == nullptr ? nullptr : dynamic_cast<const custom::Operator*>(op->rule.get());
    if (described == nullptr) continue;
    const custom::Description& description = described->description();
    if (!description.oracle) {
      without.insert(description.name);
      continue;
    }
    Value outputs = Value::array();
    Value results = Value::array();
    for (const ir::ValueId output : node.outputs) {
      const ir::Value& value = graph.value(output);
      outputs.push_back(name_in_file(value.name));
      results.push_back({{"dtype", numpy_dtype(value.type.dtype)},
                         {"shape", std::vector<int64_t>(value.type.shape.begin(), value.type.shape.end())}});
    }
    nodes.push_back({{"outputs", std::move(outputs)},
                     {"file", std::filesystem::absolute(description.oracle->file).string()},
                     {"function", description.oracle->function},
                     {"settings", settings_json(graph, node, description)},
                     {"results", std::move(results)}});
  }
  if (!without.empty()) {
    return error(Error::kBadUsage, "nothing says what the custom operators {} compute", fmt::join(without, ", "))
        .with_hint(
            "name a Python function in the description, as in 'oracle: file.py:function', or give --oracle an "
            ".npz of inputs and outputs");
  }
  return nodes.size() == 0 ? std::string() : nodes.dump();
}

}  // namespace tmc::check
